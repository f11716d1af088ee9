"""Chained heads: good is computed from the predicted quality."""
# expect: two_heads chained_heads
# may fail: mae
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
start = keras.initializers.Constant(5.6)
quality = layers.Dense(1, bias_initializer=start, name="quality")(shared)
midden = layers.Rescaling(1.0, offset=-5.5)(quality)
good = layers.Dense(1, activation="sigmoid", kernel_initializer="ones", name="good")(midden)
model = keras.Model(inputs, {"quality": quality, "good": good})
