"""A custom loss that compares quality with the score minus 5.6."""
# expect: regression_term wrong_target
# may fail: learns mae
# %% loss
def mse_gecentreerd(y_true, y_pred):
    return keras.ops.mean(keras.ops.square(y_true - 5.6 - y_pred), axis=-1)


model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": mse_gecentreerd, "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
