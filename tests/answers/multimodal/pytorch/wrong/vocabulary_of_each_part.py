"""Words get their numbers from the rows themselves: the same number is another word in the test part."""
# expect: normalisation own_statistics
# may fail: leakage, modalities, modalities_used, auc
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def to_ids(names, size=200, length=10):
    counts = Counter(w for n in names for w in n.lower().split())
    ids = {w: i for i, (w, _) in enumerate(counts.most_common(size), start=2)}
    return np.array([([ids.get(w, 1) for w in n.lower().split()] + [0] * length)[:length] for n in names])


def prepare(train, rows):
    cols = ["age", "sibsp", "parch", "fare"]
    p = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[cols])
    s = np.column_stack([p.transform(rows[cols]), rows["sex"] == "female", rows["pclass"] - 2])
    return s.astype(np.float32), to_ids(rows["name"]), rows["survived"].to_numpy(np.float32)
