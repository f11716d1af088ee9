"""The squared errors are summed over the batch."""
# expect: regression_term sum
# may fail: learns accuracy
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": keras.losses.MeanSquaredError(reduction="sum"), "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
