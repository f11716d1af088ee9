"""A shared layer that is scaled down to almost nothing next to two private networks."""
# expect: shared_trunk nominal_sharing
# may fail: non_linear
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
gedeeld = layers.Dense(4, activation="tanh")(inputs)
gedeeld = layers.Rescaling(0.001)(gedeeld)


def tak(naam, activatie):
    h = layers.Dense(64, activation="relu")(inputs)
    h = layers.Dense(32, activation="relu")(h)
    h = layers.Concatenate()([h, gedeeld])
    return layers.Dense(1, activation=activatie, name=naam)(h)


model = keras.Model(inputs, {"quality": tak("quality", None), "good": tak("good", "sigmoid")})
