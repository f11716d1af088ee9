"""The columns are padded to the width of the names, and one encoder reads first the one and then the other."""
# expect: encoders shared_encoder
# may fail: fusion
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
width = max(s.shape[1], n.shape[1])
encoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu")])
features = [encoder(keras.ops.pad(x, ((0, 0), (0, width - x.shape[1])))) for x in (a, b)]
x = layers.Dense(16, activation="relu")(layers.Concatenate()(features))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
