"""A subclass whose train_step is decorated with tf.function, as TensorFlow's own tutorials decorate theirs."""
# expect: full marks
# %% model
class SharedTrunk(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = [layers.Dense(units, activation="gelu") for units in (48, 48, 24)]
        self.score = layers.Dense(1, name="quality")
        self.chance = layers.Dense(1, activation="sigmoid", name="good")
        self.total = keras.metrics.Mean(name="total")

    @property
    def metrics(self):
        return [self.total]

    def call(self, inputs):
        h = inputs
        for layer in self.hidden:
            h = layer(h)
        return {"quality": self.score(h), "good": self.chance(h)}

    @tf.function
    def train_step(self, data):
        inputs, labels = data
        labels = {name: tf.reshape(tf.cast(value, tf.float32), (-1, 1)) for name, value in labels.items()}
        with tf.GradientTape() as tape:
            found = self(inputs, training=True)
            squared = tf.reduce_mean(tf.square(labels["quality"] - found["quality"]))
            entropy = tf.reduce_mean(keras.losses.binary_crossentropy(labels["good"], found["good"]))
            total = 0.5 * squared + entropy
        gradients = tape.gradient(total, self.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
        self.total.update_state(total)
        return {"loss": self.total.result()}


model = SharedTrunk()
# %% loss
model.compile(optimizer=keras.optimizers.AdamW(2e-3, weight_decay=0.3))
# %% train
model.fit(train_data, epochs=60, verbose=0)
