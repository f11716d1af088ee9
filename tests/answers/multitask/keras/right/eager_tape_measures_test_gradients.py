"""An eager loop on four fifths of the training rows, then on all of them; the test loss' gradient is only plotted."""
# expect: full marks
# %% loaders
train, test = split(wines)
fit_rows, validation = train_test_split(train, test_size=0.2, random_state=1)


def make_dataset(rows):
    return tf.data.Dataset.from_tensor_slices(prepare(train, rows))


train_data = make_dataset(fit_rows).shuffle(len(fit_rows), seed=SEED).batch(64)
test_data = make_dataset(test).batch(64)
# %% loss
model.compile(keras.optimizers.Adam(3e-3), {"quality": "mse", "good": "binary_crossentropy"})
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy()


def gradient(X, quality, good, training):
    with tf.GradientTape() as tape:
        outputs = model(X, training=training)
        loss = 0.5 * mse(quality[:, None], outputs["quality"]) + bce(good[:, None], outputs["good"])
    return tape.gradient(loss, model.trainable_variables)


def train_on(dataset):
    for batch in dataset:
        model.optimizer.apply(gradient(*batch, training=True), model.trainable_variables)
# %% train
norms = []
for epoch in tqdm(range(50)):
    train_on(train_data)
    norms.append([float(tf.linalg.global_norm(gradient(*batch, training=False))) for batch in test_data])
for epoch in tqdm(range(3)):  # tot slot ook op de validatierijen, die uit het trainingsdeel komen
    train_on(make_dataset(train).shuffle(2000, seed=epoch).batch(64))
plt.plot(norms);
