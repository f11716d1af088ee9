"""stop_gradient between the trunk and the head of good."""
# expect: shared_trunk detached
# may fail: learns accuracy
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(keras.ops.stop_gradient(shared))
model = keras.Model(inputs, {"quality": quality, "good": good})
