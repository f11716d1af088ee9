"""A network with dropout whose train_step calls self(x) without training=True: dropout never works."""
# expect: learns evaluation_mode
# may fail: mae accuracy regression_term classification_term weights
# %% model
class DropoutNet(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(grads, self.trainable_weights)
        return {"loss": loss}


i = keras.Input((len(FEATURES),))
t = layers.Dense(64, activation="relu")(i)
t = layers.Dropout(0.3)(t)
t = layers.Dense(32, activation="relu")(t)
t = layers.Dropout(0.3)(t)
o1 = layers.Dense(1, name="quality")(t)
o2 = layers.Dense(1, activation="sigmoid", name="good")(t)
model = DropoutNet(i, {"quality": o1, "good": o2})
# %% train
h = model.fit(train_data, epochs=50, verbose=0)
plt.plot(h.history["loss"]);
