"""A training loop of the student's own with GradientTape and tf.function; the model is never compiled."""
# expect: full marks
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(32, activation="relu")(x)
model = keras.Model(inputs, [layers.Dense(1)(x), layers.Dense(1)(x)])
# %% loss
mse_fn = keras.losses.MeanSquaredError()
bce_fn = keras.losses.BinaryCrossentropy(from_logits=True)
W_QUALITY, W_GOOD = 0.5, 1.0


def multitask_loss(outputs, quality, good):
    q, g = outputs
    mse = mse_fn(tf.reshape(quality, (-1, 1)), q)
    bce = bce_fn(tf.reshape(good, (-1, 1)), g)
    return W_QUALITY * mse + W_GOOD * bce, mse, bce
# %% train
optimizer = keras.optimizers.AdamW(2e-3, weight_decay=0.3)


@tf.function
def train_stap(X, quality, good):
    with tf.GradientTape() as tape:
        loss, mse, bce = multitask_loss(model(X, training=True), quality, good)
    gradienten = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradienten, model.trainable_variables))
    return mse, bce


verloop = []
for epoch in tqdm(range(60), mininterval=1):
    deze = [train_stap(X, y["quality"], y["good"]) for X, y in train_data]
    verloop.append(np.mean([[float(m), float(b)] for m, b in deze], axis=0))

plt.plot(np.array(verloop), label=["MSE", "BCE"])
plt.legend();
# %% evaluate
X_test, q_test, g_test = prepare(train, test)
q_pred, g_pred = (uit.numpy().ravel() for uit in model(X_test, training=False))
mae = np.abs(q_pred - q_test).mean()
accuracy = ((g_pred > 0) == (g_test > 0.5)).mean()
