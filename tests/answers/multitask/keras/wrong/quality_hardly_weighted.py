"""A weight of 0.002 for quality and a small learning rate: its error is still too large when training stops."""
# expect: mae above_threshold
# may fail: learns
# %% loss
model.compile(
    optimizer=keras.optimizers.SGD(0.2),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.002, "good": 1.0},
)
