"""A sigmoid of its own Activation layer, flattened after it, and from_logits=True: Keras cannot repair that."""
# expect: classification_term double_sigmoid
# may fail: learns accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
kans = layers.Dense(1, activation="sigmoid")(shared)
good = layers.Reshape((1,), name="good")(kans * 1.0)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": keras.losses.BinaryCrossentropy(from_logits=True)},
    loss_weights={"quality": 0.5, "good": 1.0},
)
