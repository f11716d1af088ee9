"""Only the accuracy is computed."""
# expect: reported missing
# %% evaluate
s, n, y = prepare(train, test)
p = model.predict({"structured": s, "names": n}, verbose=0).ravel()
accuracy = np.mean((p > 0.5) == y)
score = roc_auc_score(y, p)
# %% baseline
baseline_input = "structured"
s, _, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((s.shape[1],)), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline.fit(s, y, epochs=30, verbose=0)
s, _, y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict(s, verbose=0).ravel())
