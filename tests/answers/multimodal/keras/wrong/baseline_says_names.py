"""The baseline reads the table, baseline_input says names."""
# expect: baseline wrong_input
# may fail: comparison
# %% baseline
baseline_input = "names"
X, _, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((X.shape[1],)), layers.Dense(32, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline.fit(X, y, epochs=25, verbose=0)
X, _, y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict(X, verbose=0).ravel())
