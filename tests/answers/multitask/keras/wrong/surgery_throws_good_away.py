"""Gradient surgery in which the second task's gradient is taken of the first task's loss."""
# expect: classification_term missing
# may fail: learns accuracy weights
# %% model
class PCGradModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            y_pred = self(x, training=True)
            mse = tf.reduce_mean(keras.losses.mean_squared_error(y["quality"][:, None], y_pred["quality"]))
            bce = tf.reduce_mean(keras.losses.binary_crossentropy(y["good"][:, None], y_pred["good"]))
        variables = self.trainable_variables
        g1 = [tf.zeros_like(v) if g is None else g for g, v in zip(tape.gradient(mse, variables), variables)]
        g2 = [tf.zeros_like(v) if g is None else g for g, v in zip(tape.gradient(mse, variables), variables)]
        self.optimizer.apply_gradients([(a + b, v) for a, b, v in zip(g1, g2, variables)])
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
