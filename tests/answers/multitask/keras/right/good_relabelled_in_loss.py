"""compute_loss makes the label good from the score itself (quality >= 6), which is the same label."""
# expect: full marks
# %% model
class MultiTaskModel(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        quality = tf.reshape(tf.cast(y["quality"], tf.float32), [-1, 1])
        good = tf.cast(quality >= 6, tf.float32)
        mse = tf.reduce_mean(tf.math.squared_difference(y_pred["quality"], quality))
        bce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=good, logits=y_pred["good"]))
        return 0.5 * mse + bce


inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(32, activation="relu")(x)
model = MultiTaskModel(inputs, {"quality": layers.Dense(1)(x), "good": layers.Dense(1)(x)})
# %% loss
model.compile(optimizer=keras.optimizers.AdamW(3e-3, weight_decay=0.3))
# %% train
history = model.fit(train_data, epochs=50, verbose=0).history
plt.plot(history["loss"])
plt.title("totale loss");
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"].ravel() - quality).mean()
accuracy = np.mean((p["good"].ravel() >= 0) == (good == 1))
