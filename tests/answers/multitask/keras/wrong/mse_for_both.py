"""MSE for both tasks."""
# expect: classification_term squared_error
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": "mse"},
    loss_weights={"quality": 0.5, "good": 1.0},
)
