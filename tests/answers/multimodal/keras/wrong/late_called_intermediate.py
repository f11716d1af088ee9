"""Two probabilities are averaged, called intermediate."""
# expect: fusion misnamed
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
pa = layers.Dense(1, activation="sigmoid")(layers.Dense(32, activation="relu")(a))
pb = layers.Dense(1, activation="sigmoid")(layers.Dense(16, activation="relu")(b))
model = keras.Model({"structured": a, "names": b}, layers.Average()([pa, pb]))
fusion = "intermediate"
