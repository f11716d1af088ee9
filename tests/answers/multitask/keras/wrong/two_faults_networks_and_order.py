"""Two mistakes: two networks side by side, and test_data is shuffled too."""
# expect: shared_trunk two_networks
# expect: shuffle test_shuffled
# may fail: mae accuracy non_linear
# %% loaders
train, test = split(wines)


def make(rows, batch_size):
    X, quality, good = prepare(train, rows)
    data = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))
    return data.shuffle(len(X)).batch(batch_size)


train_data, test_data = make(train, 64), make(test, 64)
# %% model
def tak(x, naam, activatie=None):
    x = layers.Dense(32, activation="relu")(x)
    x = layers.Dense(16, activation="relu")(x)
    return layers.Dense(1, activation=activatie, name=naam)(x)


inp = keras.Input(shape=(11,))
model = keras.Model(inp, {"quality": tak(inp, "quality"), "good": tak(inp, "good", "sigmoid")})
