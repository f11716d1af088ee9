"""compute_loss unpacks the outputs in the wrong order: each is compared with the other task's label."""
# expect: regression_term swapped
# expect: classification_term swapped
# may fail: weights learns mae accuracy reported
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        good, quality = y_pred
        mse = keras.ops.mean((quality[:, 0] - y["quality"]) ** 2)
        bce = keras.ops.mean(keras.ops.binary_crossentropy(y["good"], good[:, 0], from_logits=True))
        return mse + bce


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = Net(inputs, [layers.Dense(1)(shared), layers.Dense(1)(shared)])
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
p_good, p_quality = model.predict(X, verbose=0)
mae = np.abs(p_quality.ravel() - quality).mean()
accuracy = np.mean((p_good.ravel() > 0) == (good == 1))
