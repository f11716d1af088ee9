"""log-cosh, Keras' smooth Huber, instead of MSE for quality."""
# expect: regression_term huber
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "log_cosh", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
