"""The network on the table alone is there, but it is called basismodel."""
# expect: baseline missing
# may fail: comparison   (consequence)
# %% baseline
baseline_input = "structured"
tabel, _, doel = prepare(train, train)
invoer = keras.Input(shape=tabel.shape[1:])
verborgen = layers.Dense(20, activation="elu")(invoer)
basismodel = keras.Model(invoer, layers.Dense(1, activation="sigmoid")(verborgen))
basismodel.compile(optimizer="rmsprop", loss="binary_crossentropy")
basismodel.fit(tabel, doel, epochs=25, verbose=0)

tabel, _, doel = prepare(train, test)
baseline_auc = roc_auc_score(doel, basismodel.predict(tabel, verbose=0)[:, 0])
