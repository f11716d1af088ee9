"""Features are joined and that is called early."""
# expect: fusion misnamed
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
x = layers.Concatenate()([layers.Dense(16, activation="relu")(a), layers.Dense(16, activation="relu")(b)])
x = layers.Dense(16, activation="relu")(x)
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "early"
