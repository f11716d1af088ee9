"""A training loop that only updates the layers of the trunk."""
# expect: learns heads_not_moved
# may fail: mae accuracy regression_term classification_term weights
# %% train
optimizer = keras.optimizers.Adam(2e-3)
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy()
romp = [v for laag in model.layers if laag.name not in ("quality", "good") for v in laag.trainable_variables]


@tf.function
def stap(X, y):
    with tf.GradientTape() as tape:
        p = model(X, training=True)
        loss = 0.5 * mse(y["quality"][:, None], p["quality"]) + bce(y["good"][:, None], p["good"])
    optimizer.apply_gradients(zip(tape.gradient(loss, romp), romp))
    return loss


verloop = []
for epoch in range(50):
    verloop.append(np.mean([float(stap(X, y)) for X, y in train_data]))
plt.plot(verloop);
