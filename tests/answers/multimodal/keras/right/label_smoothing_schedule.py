"""Label smoothing and a cosine schedule, model made by a function."""
# expect: full marks
# %% loss
steps = 20 * int(np.ceil(len(train) / 64))
model.compile(
    optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-2, steps)),
    loss=keras.losses.BinaryCrossentropy(label_smoothing=0.05),
    metrics=["accuracy"],
)
