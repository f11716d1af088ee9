"""compute_loss subtracts labels (n,) from outputs (n, 1), which gives a table of n by n."""
# expect: regression_term broadcasting
# may fail: learns mae
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        mse = keras.ops.mean((y_pred["quality"] - y["quality"]) ** 2)
        bce = keras.ops.mean(keras.losses.binary_crossentropy(y["good"][:, None], y_pred["good"]))
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
