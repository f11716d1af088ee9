"""The first encoder gets both inputs."""
# expect: encoders sees_other
# may fail: fusion
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
first = layers.Dense(16, activation="relu", name="structured_encoder")(layers.Concatenate()([a, b]))
second = layers.Dense(16, activation="relu", name="names_encoder")(b)
x = layers.Dense(16, activation="relu")(layers.Concatenate()([first, second]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
