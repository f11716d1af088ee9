"""compute_loss takes the larger of the two losses instead of their sum."""
# expect: weights maximum
# may fail: learns mae accuracy
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        mse = keras.ops.mean((y_pred["quality"][:, 0] - y["quality"]) ** 2)
        bce = keras.ops.mean(keras.ops.binary_crossentropy(y["good"], y_pred["good"][:, 0]))
        return keras.ops.maximum(0.5 * mse, bce)


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = Net(inputs, {"quality": layers.Dense(1)(shared), "good": layers.Dense(1, activation="sigmoid")(shared)})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"]);
