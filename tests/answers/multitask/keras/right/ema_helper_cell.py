"""Helper functions in an added cell, averaged weights (use_ema), a trunk as a keras.Sequential of its own."""
# expect: full marks
# %% +after setup
# hulpfuncties, ik gebruik ze verderop
def dense_blok(units, n):
    return keras.Sequential([layers.Dense(units, activation="leaky_relu") for _ in range(n)])


def teken_losses(history):
    fig, ax = plt.subplots()
    for key in ("quality_loss", "good_loss"):
        ax.plot(history[key], label=key)
    ax.legend()
    return fig
# %% model
romp = dense_blok(48, 2)
x = keras.Input(shape=(len(FEATURES),))
z = romp(x)
model = keras.Model(
    inputs=x,
    outputs={
        "quality": layers.Dense(1, activation="softplus", name="quality")(dense_blok(8, 1)(z)),
        "good": layers.Dense(1, activation="sigmoid", name="good")(dense_blok(8, 1)(z)),
    },
)
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(3e-3, use_ema=True, ema_momentum=0.98),
    loss={"quality": "mse", "good": "bce"},
    loss_weights={"quality": 0.5, "good": 0.5},
)
# %% train
history = model.fit(train_data, epochs=45, verbose=0).history
model.optimizer.finalize_variable_values(model.trainable_variables)
teken_losses(history);
