"""The cross-entropy is computed with 1 - good."""
# expect: classification_term wrong_target
# may fail: learns accuracy
# %% loss
def bce_slecht(y_true, y_pred):
    return keras.losses.binary_crossentropy(1 - y_true, y_pred)


model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": bce_slecht},
    loss_weights={"quality": 0.5, "good": 1.0},
)
