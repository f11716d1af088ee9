"""One traced function trains or only measures; the test batches go through it every epoch, dropout on and off."""
# expect: full marks
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return tf.data.Dataset.from_tensor_slices(prepare(train, rows))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(64)
# %% loss
model.compile(keras.optimizers.Adam(2e-3), {"quality": "mse", "good": "binary_crossentropy"})
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy()


@tf.function
def run(X, quality, good, learn):
    with tf.GradientTape() as tape:
        outputs = model(X, training=learn)
        loss = 0.5 * mse(quality[:, None], outputs["quality"]) + bce(good[:, None], outputs["good"])
    if learn:
        weights = model.trainable_variables
        model.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss
# %% train
curve = []
for epoch in tqdm(range(40)):
    for batch in test_data:
        model(batch[0], training=True)  # ter vergelijking: dezelfde rijen in trainingsmodus
    losses = [run(*batch, learn=True) for batch in train_data]
    curve.append((np.mean(losses), np.mean([run(*batch, learn=False) for batch in test_data])))
plt.plot(curve);
