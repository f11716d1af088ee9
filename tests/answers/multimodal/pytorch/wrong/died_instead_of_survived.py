"""The label is 1 for who died."""
# expect: labels inverted
# may fail: batches, auc, reported, modalities_used, baseline, comparison, learns   (all follow the label)
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=0)


def prepare(train, rows):
    numeric = ["age", "sibsp", "parch", "fare"]
    imp = SimpleImputer(strategy="median").fit(train[numeric])
    scaler = StandardScaler().fit(imp.transform(train[numeric]))
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[["sex", "pclass"]])
    structured = np.hstack([scaler.transform(imp.transform(rows[numeric])), one_hot.transform(rows[["sex", "pclass"]])])

    counts = Counter(w for n in train["name"] for w in n.lower().replace(",", "").split())
    lookup = {w: i for i, (w, c) in enumerate(counts.most_common(250), start=2)}
    names = np.zeros((len(rows), 8), dtype=np.int64)
    for i, n in enumerate(rows["name"]):
        ws = n.lower().replace(",", "").split()[:8]
        names[i, : len(ws)] = [lookup.get(w, 1) for w in ws]

    died = (rows["survived"] == 0).to_numpy(np.float32)
    return structured.astype(np.float32), names, died
