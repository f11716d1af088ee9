"""Both heads are one layer straight on the measurements; there is no trunk."""
# expect: shared_trunk no_trunk
# may fail: non_linear
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
quality = layers.Dense(1, name="quality")(inputs)
good = layers.Dense(1, activation="sigmoid", name="good")(inputs)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-2),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
