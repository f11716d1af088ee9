"""A gate that sees the features of both modalities."""
# expect: full marks
# %% model
s, n, _ = prepare(train, train)
xs, xn = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
hs = layers.Dense(16, activation="tanh", name="h_structured")(xs)
hn = layers.Dense(16, activation="tanh", name="h_names")(xn)
gate = layers.Dense(16, activation="sigmoid", name="gate")(layers.Concatenate()([hs, hn]))
mixed = gate * hs + (1 - gate) * hn
model = keras.Model({"structured": xs, "names": xn}, layers.Dense(1, activation="sigmoid", name="survived")(mixed))
fusion = "intermediate"
