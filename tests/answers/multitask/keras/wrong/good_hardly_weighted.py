"""A weight of 0.002 for good: its head stays close to where it started."""
# expect: accuracy below_threshold
# may fail: learns
# %% loss
model.compile(
    optimizer=keras.optimizers.SGD(0.01),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 0.002},
)
