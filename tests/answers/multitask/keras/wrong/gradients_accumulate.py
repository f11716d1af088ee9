"""Gradient accumulation whose buffers are never set to zero: every step gets all gradients so far."""
# expect: learns too_few_epochs
# may fail: mae accuracy regression_term classification_term weights
# %% train
EPOCHS = 40
optimizer = keras.optimizers.Adam(1e-3)
mse, bce = keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy()
buffers = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in model.trainable_variables]


@tf.function
def train_batch(X, y):
    with tf.GradientTape() as tape:
        pred = model(X, training=True)
        q_loss = mse(y["quality"][:, tf.newaxis], pred["quality"])
        g_loss = bce(y["good"][:, tf.newaxis], pred["good"])
        loss = 0.5 * q_loss + 1.0 * g_loss
    for buffer, gradient in zip(buffers, tape.gradient(loss, model.trainable_variables)):
        buffer.assign_add(gradient)
    optimizer.apply_gradients(zip([b.read_value() for b in buffers], model.trainable_variables))
    return q_loss, g_loss


curves = []
for epoch in tqdm(range(EPOCHS)):
    curves.append(np.mean([[float(part) for part in train_batch(X, y)] for X, y in train_data], axis=0))
plt.plot(np.array(curves), label=["MSE", "BCE"])
plt.legend();
