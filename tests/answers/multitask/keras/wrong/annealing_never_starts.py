"""A callback raises the weight of good from 0, but as a Python float that the compiled step never sees change."""
# expect: learns one_task_only
# may fail: classification_term weights accuracy       (traced again, the step has another weight)
# %% model
class Annealed(keras.Model):
    good_weight = 0.0

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        mse = keras.ops.mean((y_pred["quality"][:, 0] - y["quality"]) ** 2)
        bce = keras.ops.mean(keras.losses.binary_crossentropy(y["good"][:, None], y_pred["good"]))
        return mse + self.good_weight * bce


inputs = keras.Input((len(FEATURES),))
body = layers.Dense(64, "relu")(inputs)
body = layers.Dense(32, "relu")(body)
model = Annealed(inputs, {"quality": layers.Dense(1)(body), "good": layers.Dense(1, "sigmoid")(body)})
# %% loss
class WarmUp(keras.callbacks.Callback):
    """First quality only, then good comes in gradually."""

    def on_epoch_begin(self, epoch, logs=None):
        self.model.good_weight = min(1.0, epoch / 20)


model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
run = model.fit(train_data, epochs=60, verbose=0, callbacks=[WarmUp()])
plt.plot(run.history["loss"])
plt.yscale("log");
