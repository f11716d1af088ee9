"""SGD with a learning rate of 10: the losses become NaN."""
# expect: learns diverged
# may fail: mae accuracy reported
# %% loss
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=10.0),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
