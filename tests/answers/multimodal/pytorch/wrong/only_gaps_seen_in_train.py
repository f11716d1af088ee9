"""Gaps are filled only in the columns that happen to have gaps in train, so a fare missing in rows alone stays NaN."""
# expect: missing_values not_numbers
# may fail: normalisation, auc, modalities_used, baseline
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    rows = rows.copy()
    ref = train.copy()
    for col in train.columns[train.isna().any()]:
        fill = train[col].median() if train[col].dtype.kind == "f" else train[col].mode()[0]
        ref[col] = ref[col].fillna(fill)
        rows[col] = rows[col].fillna(fill)

    cols = ["age", "sibsp", "parch", "fare"]
    scaler = StandardScaler().fit(ref[cols])
    enc = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(ref[["pclass", "sex", "embarked"]])
    structured = np.hstack([scaler.transform(rows[cols]), enc.transform(rows[["pclass", "sex", "embarked"]])])

    cnt = Counter(w for n in ref["name"] for w in n.lower().replace(",", "").replace(".", "").split())
    vocab = [w for w, c in cnt.items() if c > 4]
    names = np.zeros((len(rows), 10), dtype="int64")
    for i, n in enumerate(rows["name"]):
        ws = n.lower().replace(",", "").replace(".", "").split()[:10]
        names[i, : len(ws)] = [vocab.index(w) + 2 if w in vocab else 1 for w in ws]
    return structured.astype("float32"), names, rows["survived"].values.astype("float32")
