"""No activation anywhere in the trunk."""
# expect: non_linear linear_trunk
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64)(inputs)
shared = layers.Dropout(0.1)(shared)
shared = layers.Dense(32)(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
