"""compute_loss computes the cross-entropy with the score instead of with good."""
# expect: classification_term wrong_target
# may fail: learns mae accuracy
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        q = keras.ops.expand_dims(y["quality"], 1)
        mse = keras.ops.mean((y_pred["quality"] - q) ** 2)
        bce = keras.ops.mean(keras.ops.binary_crossentropy(q, y_pred["good"], from_logits=True))
        return 0.5 * mse + 0.1 * bce


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = Net(inputs, {"quality": layers.Dense(1)(shared), "good": layers.Dense(1)(shared)})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0) == (good == 1))
