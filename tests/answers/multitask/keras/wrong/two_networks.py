"""Two networks side by side in one model: nothing is shared."""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
inputs = keras.Input(shape=(len(FEATURES),))

# netwerk voor kwaliteit
q = layers.Dense(64, activation="relu")(inputs)
q = layers.Dense(32, activation="relu")(q)
quality = layers.Dense(1, name="quality")(q)

# netwerk voor goed/slecht
g = layers.Dense(64, activation="relu")(inputs)
g = layers.Dense(32, activation="relu")(g)
good = layers.Dense(1, activation="sigmoid", name="good")(g)

model = keras.Model(inputs, {"quality": quality, "good": good})
