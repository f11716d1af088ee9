"""An activity regulariser on the trunk and a regulariser on the kernels of both heads."""
# expect: full marks
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu", activity_regularizer=keras.regularizers.L2(1e-4))(inputs)
x = layers.Dense(32, activation="relu")(x)
reg = keras.regularizers.L1L2(l1=1e-4, l2=1e-3)
model = keras.Model(
    inputs,
    {
        "quality": layers.Dense(1, kernel_regularizer=reg, name="quality")(x),
        "good": layers.Dense(1, activation="sigmoid", kernel_regularizer=reg, name="good")(x),
    },
)
