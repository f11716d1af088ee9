"""compile and predict without fit."""
# expect: baseline not_trained
# may fail: comparison
# %% baseline
baseline_input = "names"
s, n, y = prepare(train, test)
baseline = keras.Sequential([keras.Input((n.shape[1],)), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline_auc = roc_auc_score(y, baseline.predict(n, verbose=0).ravel())
