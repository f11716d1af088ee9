"""compute_loss makes the label good anew from the score, from 7 on."""
# expect: classification_term wrong_threshold
# may fail: learns accuracy
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        quality = keras.ops.reshape(y["quality"], (-1, 1))
        good = keras.ops.cast(quality > 6, "float32")
        mse = keras.ops.mean((y_pred["quality"] - quality) ** 2)
        bce = keras.ops.mean(keras.ops.binary_crossentropy(good, y_pred["good"]))
        return 0.5 * mse + bce


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = Net(inputs, {"quality": layers.Dense(1)(shared), "good": layers.Dense(1, activation="sigmoid")(shared)})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"]);
