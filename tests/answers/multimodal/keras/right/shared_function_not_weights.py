"""Both encoders come from the same function and so have weights of their own; features are added."""
# expect: full marks
# %% model
def tower(x):
    x = layers.Dense(32, activation="relu", kernel_initializer="he_normal")(x)
    x = layers.Dropout(0.25)(x)
    return layers.Dense(16, activation="relu", kernel_initializer="he_normal")(x)


spec = train_data.element_spec[0]
inputs = {name: keras.Input(spec[name].shape[1:], name=name) for name in ("structured", "names")}
added = layers.Add()([tower(inputs["structured"]), tower(inputs["names"])])
hidden = layers.Dense(8, activation="relu")(added)
model = keras.Model(inputs, layers.Dense(1, activation="sigmoid", name="survived")(hidden))
fusion = "intermediate"
