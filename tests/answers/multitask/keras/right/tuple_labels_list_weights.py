"""tf.data with (X, (quality, good)), labels of shape (n, 1), loss_weights as a list, pandas' own plots."""
# expect: full marks
# %% inspect
statistics = wines.describe().transpose()[["mean", "std", "min", "max"]]

figure_quality = wines["quality"].value_counts().sort_index().plot(kind="bar", title="quality").figure
plt.figure()
figure_good = (wines["quality"] >= 6).value_counts().plot.bar(title="good")
# %% prepare
def split(wines):
    train, test = train_test_split(wines, test_size=0.25, random_state=7, shuffle=True)
    return train.reset_index(drop=True), test.reset_index(drop=True)


def prepare(train, rows):
    gemiddelde = train[FEATURES].mean()
    afwijking = train[FEATURES].std()
    X = ((rows[FEATURES] - gemiddelde) / afwijking).values.astype(np.float32)
    quality = rows[["quality"]].values.astype(np.float32)
    good = (quality >= 6).astype(np.float32)
    return X, quality, good
# %% loaders
train, test = split(wines)

Xtr, qtr, gtr = prepare(train, train)
Xte, qte, gte = prepare(train, test)

train_data = (
    tf.data.Dataset.from_tensor_slices((Xtr, (qtr, gtr)))
    .shuffle(buffer_size=2000, reshuffle_each_iteration=True)
    .batch(32)
    .prefetch(tf.data.AUTOTUNE)
)
test_data = tf.data.Dataset.from_tensor_slices((Xte, (qte, gte))).batch(32)
# %% model
inp = keras.layers.Input(shape=(Xtr.shape[1],))
x = keras.layers.Dense(128, activation="elu")(inp)
x = keras.layers.Dropout(0.1)(x)
x = keras.layers.Dense(32, activation="elu")(x)
out1 = keras.layers.Dense(1, activation="linear", name="reg")(x)
out2 = keras.layers.Dense(1, activation="sigmoid", name="clf")(x)
model = keras.models.Model(inp, (out1, out2))
# %% loss
opt = keras.optimizers.Adam(1e-3)
model.compile(optimizer=opt, loss=("mse", "binary_crossentropy"), loss_weights=[0.4, 0.6])
# %% train
h = model.fit(train_data, validation_data=test_data, epochs=40, verbose=0)
print(list(h.history))
pd.DataFrame(h.history).plot();
# %% evaluate
voorspeld = model.predict(test_data, verbose=0)
mae = keras.ops.mean(keras.ops.abs(voorspeld[0] - qte))
mae = float(mae)
accuracy = float((np.round(voorspeld[1]) == gte).mean())
print(f"{mae=:.3f} {accuracy=:.3f}")
