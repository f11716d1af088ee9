"""The ReLU layers are called, but nobody keeps their result: the trunk goes from Dense to Dense."""
# expect: non_linear linear_trunk
# %% model
def build():
    inp = keras.Input((len(FEATURES),))
    x = layers.Dense(64)(inp)
    layers.ReLU()(x)
    x = layers.Dropout(0.1)(x)
    x = layers.Dense(32)(x)
    layers.ReLU()(x)
    quality = layers.Dense(1, name="quality")(x)
    good = layers.Dense(1, activation="sigmoid", name="good")(x)
    return keras.Model(inp, {"quality": quality, "good": good})


model = build()
