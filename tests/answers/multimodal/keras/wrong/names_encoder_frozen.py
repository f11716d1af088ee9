"""trainable = False on the encoder of the names."""
# expect: encoders frozen
# may fail: learns, modalities_used
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
ea = layers.Dense(16, activation="relu")(a)
names_layer = layers.Dense(16, activation="relu")
names_layer.trainable = False
x = layers.Dense(16, activation="relu")(layers.Concatenate()([ea, names_layer(b)]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
