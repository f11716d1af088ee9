"""compute_loss compares good outputs (n, 1) with labels (n,): every output with every label."""
# expect: classification_term broadcasting
# may fail: learns accuracy
# %% model
class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        p = tf.clip_by_value(y_pred["good"], 1e-7, 1 - 1e-7)
        g = y["good"]
        mse = tf.reduce_mean((y_pred["quality"][:, 0] - y["quality"]) ** 2)
        bce = -tf.reduce_mean(g * tf.math.log(p) + (1 - g) * tf.math.log(1 - p))
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
