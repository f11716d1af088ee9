"""The root of the mean squared error as regression term."""
# expect: regression_term rmse
# %% loss
def rmse(y_true, y_pred):
    return keras.ops.sqrt(keras.ops.mean(keras.ops.square(y_true - y_pred)))


model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": rmse, "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
