"""The classification term is made a constant by stop_gradient: it is in the value, not in the gradient."""
# expect: classification_term detached
# may fail: weights learns accuracy
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        mse = keras.ops.mean((y_pred["quality"][:, 0] - y["quality"]) ** 2)
        p = keras.ops.stop_gradient(y_pred["good"])
        bce = keras.ops.mean(keras.ops.binary_crossentropy(y["good"], p[:, 0]))
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
