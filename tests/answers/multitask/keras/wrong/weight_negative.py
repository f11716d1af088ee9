"""The weight of good is negative: its loss is made larger."""
# expect: weights negative
# may fail: classification_term learns mae accuracy
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": -0.1},
)
