"""One network on everything at once, called late."""
# expect: fusion misnamed
# may fail: encoders
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
x = layers.Dense(32, activation="relu")(layers.Concatenate()([a, b]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "late"
