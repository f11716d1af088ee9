"""A loop of the student's own goes over the training batches and then, with the same step, over the test batches."""
# expect: learns test_rows
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
def step(X, quality, good):
    with tf.GradientTape() as tape:
        outputs = model(X, training=True)
        loss = 0.5 * mse(quality[:, None], outputs["quality"]) + bce(good[:, None], outputs["good"])
    weights = model.trainable_variables
    model.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss
# %% train
curve = []
for epoch in tqdm(range(40)):
    losses = [step(*batch) for batch in train_data]
    losses += [step(*batch) for batch in test_data]
    curve.append(np.mean(losses))
plt.plot(curve);
