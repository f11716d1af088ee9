"""The words go raw next to the features of the table."""
# expect: encoders no_encoder
# may fail: fusion
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
t = layers.Dense(16, activation="relu")(layers.Dense(32, activation="relu")(a))
x = layers.Dense(16, activation="relu")(layers.Concatenate()([t, b]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
