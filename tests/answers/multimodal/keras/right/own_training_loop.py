"""GradientTape, for who comes from PyTorch."""
# expect: full marks
# %% loss
bce = keras.losses.BinaryCrossentropy()
optimizer = keras.optimizers.Adam(3e-3)
model.compile(optimizer=optimizer, loss=bce)
# %% train
@tf.function
def train_step(inputs, survived):
    with tf.GradientTape() as tape:
        p = model(inputs, training=True)
        loss = bce(survived[:, None], p)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


curve = []
for epoch in range(20):
    curve.append(np.mean([float(train_step(x, y)) for x, y in train_data]))
plt.plot(curve)
