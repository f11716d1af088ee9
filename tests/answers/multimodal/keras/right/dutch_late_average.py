"""Late: the mean of two probabilities, with Dutch names."""
# expect: full marks
# %% model
tabel, woorden, _ = prepare(train, train)
invoer_tabel = keras.Input((tabel.shape[1],), name="structured")
invoer_naam = keras.Input((woorden.shape[1],), name="names")
kans_tabel = layers.Dense(1, "sigmoid")(layers.Dense(32, "tanh")(invoer_tabel))
kans_naam = layers.Dense(1, "sigmoid")(layers.Dense(16, "tanh")(invoer_naam))
gemiddelde = layers.Average()([kans_tabel, kans_naam])
model = keras.Model({"structured": invoer_tabel, "names": invoer_naam}, gemiddelde)
fusion = "laat"
