"""The trunk ends in a softmax over one unit: it passes on 1 for every wine."""
# expect: shared_trunk dead_trunk
# may fail: outputs two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(1, activation="softmax")(shared)  # samenvatten tot 1 getal
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
