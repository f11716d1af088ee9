"""A loop with a tape that calls the network with training=False, so its batch norm learns no averages."""
# expect: learns evaluation_mode
# may fail: mae accuracy regression_term classification_term weights
# %% model
x_in = keras.Input((len(FEATURES),))
h = layers.Dense(64)(x_in)
h = layers.BatchNormalization()(h)
h = layers.ReLU()(h)
h = layers.Dense(32, activation="relu")(h)
model = keras.Model(x_in, {"quality": layers.Dense(1, name="quality")(h),
                           "good": layers.Dense(1, activation="sigmoid", name="good")(h)})
# %% train
optimizer = keras.optimizers.AdamW(2e-3, weight_decay=0.3)
mse, bce = keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy()


@tf.function
def stap(X, y):
    with tf.GradientTape() as tape:
        uit = model(X, training=False)
        loss = 0.5 * mse(y["quality"][:, None], uit["quality"]) + bce(y["good"][:, None], uit["good"])
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


verloop = [np.mean([float(stap(X, y)) for X, y in train_data]) for epoch in range(60)]
plt.plot(verloop);
