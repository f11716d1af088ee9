"""The cross-entropy is summed over the batch."""
# expect: classification_term sum
# may fail: learns mae
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": keras.losses.BinaryCrossentropy(reduction="sum")},
    loss_weights={"quality": 1.0, "good": 1.0},
)
