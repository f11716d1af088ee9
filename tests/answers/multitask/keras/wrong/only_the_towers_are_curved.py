"""The shared trunk is one linear projection; only the private towers after it have an activation."""
# expect: non_linear linear_trunk
# %% model
inputs = keras.Input(shape=(len(FEATURES),), name="X")
embedding = layers.Dense(24, use_bias=False, name="shared_projection")(inputs)
embedding = layers.Dropout(0.05)(embedding)

towers = {}
for task, activation in {"quality": None, "good": "sigmoid"}.items():
    tower = layers.Dense(32, activation="relu", name=f"{task}_tower")(embedding)
    towers[task] = layers.Dense(1, activation=activation, name=task)(tower)

model = keras.Model(inputs, towers)
