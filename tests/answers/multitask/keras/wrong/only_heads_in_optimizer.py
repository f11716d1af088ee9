"""A training loop that computes and applies gradients for the two heads only."""
# expect: learns trunk_not_moved
# may fail: mae accuracy regression_term classification_term weights
# %% train
optimizer = keras.optimizers.Adam(1e-2)
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy()
gewichten = model.get_layer("quality").trainable_variables + model.get_layer("good").trainable_variables


@tf.function
def stap(X, y):
    with tf.GradientTape() as tape:
        p = model(X, training=True)
        loss = 0.5 * mse(y["quality"][:, None], p["quality"]) + bce(y["good"][:, None], p["good"])
    gradienten = tape.gradient(loss, gewichten)
    optimizer.apply_gradients(zip(gradienten, gewichten))
    return loss


verloop = []
for epoch in range(50):
    verloop.append(np.mean([float(stap(X, y)) for X, y in train_data]))
plt.plot(verloop);
