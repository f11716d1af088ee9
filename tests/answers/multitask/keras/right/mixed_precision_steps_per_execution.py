"""Mixed precision with bfloat16, outputs in float32, several steps in one execution, a schedule with warm-up."""
# expect: full marks
# %% model
keras.mixed_precision.set_global_policy("mixed_bfloat16")

inputs = keras.Input((len(FEATURES),), name="wine")
x = layers.Dense(64, activation="gelu")(inputs)
x = layers.Dense(64, activation="gelu")(x)
quality = layers.Dense(1, dtype="float32", name="quality")(x)
good = layers.Dense(1, activation="sigmoid", dtype="float32", name="good")(x)
model = keras.Model(inputs, {"quality": quality, "good": good}, name="wine_net")
keras.mixed_precision.set_global_policy("float32")
# %% loss
schedule = keras.optimizers.schedules.CosineDecay(0.0, 700, warmup_target=3e-3, warmup_steps=70)
model.compile(
    optimizer=keras.optimizers.Adam(schedule),
    loss={"quality": keras.losses.MeanSquaredError(), "good": keras.losses.BinaryCrossentropy()},
    loss_weights={"quality": 0.5, "good": 1.0},
    steps_per_execution=5,
)
# %% train
h = model.fit(train_data, epochs=60, verbose=0)
pd.DataFrame(h.history).plot(logy=True);
