"""StandardScaler passes NaN on and nothing fills it."""
# expect: missing_values not_numbers
# may fail: normalisation, leakage, labels, modalities, batches, outputs, encoders, fusion, classification_term, learns
# may fail: auc, modalities_used, reported, baseline, comparison
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    s = StandardScaler().fit(train[num]).transform(rows[num])
    s = np.c_[s, rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 3]
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = vec.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
# %% evaluate
s, n, y = prepare(train, test)
p = np.nan_to_num(model.predict({"structured": s, "names": n}, verbose=0).ravel())
auc, accuracy = roc_auc_score(y, p), np.mean((p > 0.5) == y)
# %% baseline
baseline_input = "names"
_, n, y = prepare(train, train)
baseline = keras.Sequential([keras.Input((n.shape[1],)), layers.Dense(1, activation="sigmoid")])
baseline.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
baseline.fit(n, y, epochs=15, verbose=0)
_, n, y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict(n, verbose=0).ravel())
