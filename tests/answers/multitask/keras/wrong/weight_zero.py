"""loss_weights gives quality the weight 0."""
# expect: weights zero
# may fail: regression_term learns mae
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.0, "good": 1.0},
)
