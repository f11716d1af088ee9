"""Mean and standard deviation come from the whole table that was read in."""
# expect: normalisation all_rows
# may fail: normalisation, missing_values
# %% prepare
scaler = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
scaler.fit(passengers[["age", "sibsp", "parch", "fare"]])


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    filled = rows[["age", "sibsp", "parch", "fare"]].fillna(train[["age", "sibsp", "parch", "fare"]].median())
    structured = scaler.transform(filled)
    structured = np.column_stack([structured, rows["sex"].eq("female"), rows["pclass"].eq(1), rows["pclass"].eq(3)])
    counts = Counter(w for n in train["name"] for w in n.lower().split())
    ids = {w: i for i, w in enumerate((w for w, k in counts.items() if k >= 4), start=2)}
    names = np.array([([ids.get(w, 1) for w in n.lower().split()] + [0] * 10)[:10] for n in rows["name"]])
    return structured.astype("float32"), names, rows["survived"].to_numpy("float32")
