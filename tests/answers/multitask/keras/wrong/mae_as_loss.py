"""MAE instead of MSE for quality."""
# expect: regression_term mae
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mean_absolute_error", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
