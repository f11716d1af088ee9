"""Compiled with both losses, but a training loop of the student's own uses only the MSE."""
# expect: learns one_task_only
# may fail: accuracy regression_term classification_term weights
# %% train
optimizer = keras.optimizers.Adam(2e-3)
mse = keras.losses.MeanSquaredError()


@tf.function
def stap(X, y):
    with tf.GradientTape() as tape:
        p = model(X, training=True)
        loss = mse(y["quality"][:, None], p["quality"])
    gradienten = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients((g, v) for g, v in zip(gradienten, model.trainable_variables) if g is not None)
    return loss


verloop = []
for epoch in range(50):
    verloop.append(np.mean([float(stap(X, y)) for X, y in train_data]))
plt.plot(verloop);
