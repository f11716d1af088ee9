"""relu6 on quality: a 7 or an 8 can never be predicted."""
# expect: outputs squashed_quality
# may fail: learns mae
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
start = keras.initializers.Constant(5.0)
quality = layers.Dense(1, activation="relu6", bias_initializer=start, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
