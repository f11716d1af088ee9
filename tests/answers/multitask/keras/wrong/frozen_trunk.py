"""The layers of the trunk are set to trainable = False, as in transfer learning."""
# expect: shared_trunk frozen_trunk
# may fail: learns mae accuracy
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
trunk = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")], name="trunk")
trunk.trainable = False
shared = trunk(inputs)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
