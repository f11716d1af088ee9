"""The figure of the baseline is typed in, from another run."""
# expect: comparison disagrees
# %% baseline
baseline_input = "structured"
s, _, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((s.shape[1],)), layers.Dense(32, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline.fit(s, y, epochs=30, verbose=0)
baseline_auc = 0.62  # gisteren genoteerd
