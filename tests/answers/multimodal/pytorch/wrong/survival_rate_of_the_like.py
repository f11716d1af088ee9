"""A column with the mean survival of everyone of the same class, sex, port and family, of the rows prepared."""
# expect: leakage target_in_features
# may fail: modalities, normalisation, auc, baseline, comparison, reported
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    p = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    group_rate = rows.groupby(["pclass", "sex", "embarked", "sibsp"], dropna=False)["survived"].transform("mean")
    s = np.column_stack([p.transform(rows[num]), rows["sex"] == "male", rows["pclass"] - 2, group_rate])
    counts = Counter(w for n in train["name"] for w in n.lower().split())
    ids = {w: i for i, w in enumerate([w for w in counts if counts[w] >= 5], start=2)}
    n = np.array([([ids.get(w, 1) for w in x.lower().split()] + [0] * 9)[:9] for x in rows["name"]])
    return s.astype("float32"), n, rows["survived"].to_numpy("float32")
