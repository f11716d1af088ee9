"""The mean squared logarithmic error for quality: squares of differences of logarithms."""
# expect: regression_term log_error
# may fail: learns mae
# %% loss
verliezen = {
    "quality": keras.losses.MeanSquaredLogarithmicError(),
    "good": keras.losses.BinaryCrossentropy(),
}
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=verliezen, loss_weights={"quality": 20.0, "good": 1.0})
