"""A trunk whose only non-linearity is a product (a gated linear unit without activation), with label smoothing."""
# expect: full marks
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
a = layers.Dense(48)(inputs)
b = layers.Dense(48)(inputs)
romp = layers.Multiply()([a, layers.Rescaling(0.3, offset=1.0)(b)])
romp = layers.Dense(24)(romp)
quality = layers.Dense(1, name="quality")(romp)
good = layers.Dense(1, activation="sigmoid", name="good")(romp)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(1e-3, weight_decay=0.3),
    loss={"quality": "mse", "good": keras.losses.BinaryCrossentropy(label_smoothing=0.05)},
    loss_weights={"quality": 2.0, "good": 1.0},
)
