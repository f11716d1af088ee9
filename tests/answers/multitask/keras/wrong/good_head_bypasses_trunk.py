"""The head of good takes the measurements instead of the trunk's output."""
# expect: shared_trunk bypass
# may fail: non_linear
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(inputs)
model = keras.Model(inputs, {"quality": quality, "good": good})
