"""A train_step of one's own in a subclass of a functional model."""
# expect: full marks
# %% model
class Trainer(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            loss = tf.reduce_mean(keras.losses.binary_crossentropy(tf.reshape(y, (-1, 1)), p))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        return {"loss": loss}


s, n, _ = prepare(train, train)
i, j = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
u = layers.Dense(24, activation="relu")(i)
v = layers.Dense(24, activation="relu")(j)
o = layers.Dense(1, activation="sigmoid")(layers.Dense(12, activation="relu")(layers.Concatenate()([u, v])))
model = Trainer({"structured": i, "names": j}, o)
fusion = "intermediate"
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
