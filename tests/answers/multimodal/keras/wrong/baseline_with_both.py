"""The baseline reads both modalities with fewer units."""
# expect: baseline both_modalities
# may fail: comparison
# %% baseline
baseline_input = "structured"
s, n, y = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
baseline = keras.Model({"structured": a, "names": b}, layers.Dense(1, "sigmoid")(layers.Concatenate()([a, b])))
baseline.compile("adam", "binary_crossentropy")
baseline.fit(train_data, epochs=20, verbose=0)
s, n, y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict({"structured": s, "names": n}, verbose=0).ravel())
