"""A loop over epochs and batches with train_on_batch and noise on the trunk."""
# expect: full marks
# %% loaders
train, test = split(wines)


def maak(rows, batch, schud=False):
    X, quality, good = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices((X, quality, good))
    ds = ds.cache()
    if schud:
        ds = ds.shuffle(len(X))
    return ds.batch(batch).prefetch(2)


train_data = maak(train, 64, schud=True)
test_data = maak(test, 64)
# %% model
x_in = keras.Input(shape=(len(FEATURES),), name="wijn")
z = layers.Dense(64, activation="relu")(x_in)
z = layers.GaussianNoise(0.1)(z)
z = layers.Dense(32, activation="relu")(z)
model = keras.Model(x_in, [layers.Dense(1, name="q")(z), layers.Dense(1, activation="sigmoid", name="g")(z)])
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(2e-3, weight_decay=0.3),
    loss=["mean_squared_error", "binary_crossentropy"],
    loss_weights=[0.7, 1.3],
)
# %% train
verloop = []
for epoch in tqdm(range(40), mininterval=1):
    for X, quality, good in train_data:
        uit = model.train_on_batch(X, [quality, good], return_dict=True)
    verloop.append((uit["q_loss"], uit["g_loss"]))

plt.plot([v[0] for v in verloop], label="kwaliteit")
plt.plot([v[1] for v in verloop], label="goed")
plt.legend();
# %% evaluate
maes, accs = [], []
for X, quality, good in test_data:
    q, g = model.predict_on_batch(X)
    maes.append(np.mean(np.abs(q.ravel() - quality.numpy())))
    accs.append(np.mean((g.ravel() > 0.5) == (good.numpy() == 1)))
mae, accuracy = np.mean(maes), np.mean(accs)  # gemiddelde over de batches
