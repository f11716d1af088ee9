"""A train_step that computes the cross-entropy outside the tape's reach, on a stopped gradient."""
# expect: classification_term detached
# may fail: weights learns accuracy
# %% model
class Net(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            mse = tf.reduce_mean((p["quality"][:, 0] - y["quality"]) ** 2)
            bce = tf.reduce_mean(keras.losses.binary_crossentropy(y["good"], p["good"][:, 0]))
            loss = mse + tf.stop_gradient(bce)
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = Net(inputs, {"quality": layers.Dense(1)(shared), "good": layers.Dense(1, activation="sigmoid")(shared)})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"]);
