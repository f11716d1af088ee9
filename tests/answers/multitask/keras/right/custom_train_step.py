"""A subclassed model with a train_step of its own that sums the weighted losses with a GradientTape."""
# expect: full marks
# %% model
class MultiTask(keras.Model):
    def __init__(self, w_quality=0.7, w_good=1.0, **kwargs):
        super().__init__(**kwargs)
        self.w_quality = w_quality
        self.w_good = w_good
        self.trunk = keras.Sequential([
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.05),
            layers.Dense(32, activation="relu"),
        ])
        self.head_quality = layers.Dense(1)
        self.head_good = layers.Dense(1, activation="sigmoid")
        self.mse_tracker = keras.metrics.Mean(name="mse")
        self.bce_tracker = keras.metrics.Mean(name="bce")

    @property
    def metrics(self):
        return [self.mse_tracker, self.bce_tracker]

    def call(self, x, training=False):
        z = self.trunk(x, training=training)
        return {"quality": self.head_quality(z), "good": self.head_good(z)}

    def train_step(self, data):
        x, y = data
        q = tf.reshape(y["quality"], (-1, 1))
        g = tf.reshape(y["good"], (-1, 1))
        with tf.GradientTape() as tape:
            out = self(x, training=True)
            mse = tf.reduce_mean(tf.square(out["quality"] - q))
            bce = tf.reduce_mean(keras.losses.binary_crossentropy(g, out["good"]))
            loss = self.w_quality * mse + self.w_good * bce
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.mse_tracker.update_state(mse)
        self.bce_tracker.update_state(bce)
        return {m.name: m.result() for m in self.metrics}


model = MultiTask()
# %% loss
# de loss zelf staat in train_step, hier enkel nog de optimizer
model.compile(optimizer=keras.optimizers.AdamW(2.5e-3, weight_decay=0.3))
# %% train
history = model.fit(train_data, epochs=60, verbose=0, callbacks=[TqdmCallback(verbose=0)])

plt.plot(history.history["mse"], label="mse")
plt.plot(history.history["bce"], label="bce")
plt.yscale("log")
plt.legend()
