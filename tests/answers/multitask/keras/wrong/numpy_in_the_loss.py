"""compute_loss computes the squared error with numpy: a plain number, without a gradient."""
# expect: regression_term detached
# may fail: weights learns mae
# %% model
class Wijnmodel(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        fout = y_pred["quality"].numpy().ravel() - y["quality"].numpy().ravel()
        mse = np.mean(fout ** 2)
        bce = keras.ops.mean(keras.losses.binary_crossentropy(y["good"][:, None], y_pred["good"]))
        return 1.0 * mse + 1.0 * bce


inputs = keras.Input((11,))
h = layers.Dense(32, activation="relu")(inputs)
h = layers.Dense(32, activation="relu")(h)
model = Wijnmodel(inputs, {"quality": layers.Dense(1)(h), "good": layers.Dense(1, activation="sigmoid")(h)})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3), run_eagerly=True)  # anders werkt .numpy() niet
# %% train
verloop = model.fit(train_data, epochs=25, verbose=0).history
plt.plot(verloop["loss"]);
