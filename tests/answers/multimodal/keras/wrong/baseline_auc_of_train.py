"""The baseline's figure is of the rows that it learned from."""
# expect: comparison on_training_rows
# %% baseline
baseline_input = "names"
_, n, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((n.shape[1],)), layers.Dense(64, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
baseline.fit(n, y, epochs=60, verbose=0)
baseline_auc = roc_auc_score(y, baseline.predict(n, verbose=0).ravel())
