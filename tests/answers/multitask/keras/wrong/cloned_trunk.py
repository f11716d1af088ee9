"""A function builds the trunk anew for each head: the same architecture, but other weights."""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
def trunk(x):
    x = layers.Dense(64, activation="relu")(x)
    return layers.Dense(32, activation="relu")(x)


inputs = keras.Input(shape=(len(FEATURES),))
quality = layers.Dense(1, name="quality")(trunk(inputs))
good = layers.Dense(1, activation="sigmoid", name="good")(trunk(inputs))
model = keras.Model(inputs, {"quality": quality, "good": good})
