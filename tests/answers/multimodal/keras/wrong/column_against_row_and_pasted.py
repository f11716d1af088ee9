"""accuracy compares (n, 1) with (n,), and the AUC of the baseline is pasted with the variable of model (two faults)."""
# expect: reported disagrees
# expect: comparison same_as_model
# %% evaluate
Xs_test, Xn_test, y_test = prepare(train, test)
y_prob = model.predict({"structured": Xs_test, "names": Xn_test}, verbose=0)
y_pred = (y_prob > 0.5).astype(int)

auc = roc_auc_score(y_test, y_prob)
accuracy = np.mean(y_pred == y_test)
print("AUC:", auc)
print("Accuracy:", accuracy)
# %% baseline
Xs_train, Xn_train, y_train = prepare(train, train)
baseline_input = "names"

baseline = keras.models.Sequential()
baseline.add(keras.Input(shape=(Xn_train.shape[1],)))
baseline.add(layers.Dense(16, activation="relu"))
baseline.add(layers.Dense(1, activation="sigmoid"))
baseline.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
baseline.fit(Xn_train, y_train, epochs=40, batch_size=32, verbose=0)

y_prob_names = baseline.predict(Xn_test, verbose=0)
baseline_auc = roc_auc_score(y_test, y_prob)
print("AUC (names only):", baseline_auc)
