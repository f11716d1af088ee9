"""The AUC of the baseline is kept as text, with a decimal comma for the report."""
# expect: comparison not_a_number
# %% baseline
keras.utils.set_random_seed(7)
(X, _, y), (X_test, _, y_test) = prepare(train, train), prepare(train, test)
baseline = keras.Sequential(name="alleen_tabel")
baseline.add(keras.Input(shape=(X.shape[1],)))
baseline.add(layers.Dense(32, activation="relu"))
baseline.add(layers.Dropout(0.1))
baseline.add(layers.Dense(1, activation="sigmoid"))
baseline.compile(loss="binary_crossentropy", optimizer="adam")
baseline.fit(X, y, epochs=30, verbose=0)
baseline_input = "structured"
baseline_auc = f"{roc_auc_score(y_test, baseline.predict(X_test, verbose=0)):.3f}".replace(".", ",")
print("AUC van de baseline:", baseline_auc)
