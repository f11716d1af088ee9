"""Two mistakes: a helper scales rows by themselves unless told otherwise, and loss_weights is a list with a 0."""
# expect: normalisation own_statistics
# expect: weights zero
# may fail: classification_term learns mae accuracy
# %% prepare
def split(wines):
    shuffled = wines.sample(frac=1.0, random_state=7)
    cut = len(wines) // 5
    return shuffled[cut:], shuffled[:cut]


def standardise(df, reference=None):
    """z-scores of the columns of df, relative to `reference`."""
    reference = df if reference is None else reference
    return (df - reference.mean()) / reference.std()


def prepare(train, rows):
    X = standardise(rows[FEATURES])
    quality = rows["quality"]
    return X.to_numpy("float32"), quality.to_numpy("float32"), (quality >= 6).to_numpy("float32")
# %% loaders
train, test = split(wines)


def pairs(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, (quality, good)))


train_data = pairs(train).shuffle(len(train)).batch(64)
test_data = pairs(test).batch(64)
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(32, activation="relu")(x)
model = keras.Model(inputs, [layers.Dense(1, name="quality")(x), layers.Dense(1, "sigmoid", name="good")(x)])
# %% loss
model.compile(keras.optimizers.Adam(2e-3), loss=["mse", "binary_crossentropy"], loss_weights=[1.0, 0.0])
# %% train
history = model.fit(train_data, epochs=50, verbose=0)
plt.plot(history.history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
q_hat, g_hat = (np.squeeze(p) for p in model.predict(X, verbose=0))
mae, accuracy = np.abs(q_hat - quality).mean(), ((g_hat > 0.5) == good).mean()
