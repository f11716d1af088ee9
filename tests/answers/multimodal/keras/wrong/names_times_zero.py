"""The features of the names are multiplied by zero."""
# expect: encoders ignored
# may fail: fusion, learns, modalities_used
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
fa, fb = layers.Dense(16, activation="relu")(a), layers.Dense(16, activation="relu")(b)
x = layers.Dense(16, activation="relu")(layers.Concatenate()([fa, 0.0 * fb]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
