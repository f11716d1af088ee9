"""The figure is printed, not kept."""
# expect: comparison missing
# %% baseline
baseline_input = "structured"
s, _, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((s.shape[1],)), layers.Dense(32, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline.fit(s, y, epochs=25, verbose=0)
s, _, y = prepare(train, test)
print("baseline:", roc_auc_score(y, baseline.predict(s, verbose=0).ravel()))
