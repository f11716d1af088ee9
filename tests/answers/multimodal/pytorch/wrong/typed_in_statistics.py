"""Means and deviations were computed once and typed in."""
# expect: normalisation ignores_train
# may fail: normalisation, missing_values
# %% prepare
AGE_MEAN, AGE_STD = 29.88, 14.41
FARE_MEAN, FARE_STD = 33.3, 51.76


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    age = (rows["age"].fillna(train["age"].median()) - AGE_MEAN) / AGE_STD
    fare = (rows["fare"].fillna(train["fare"].median()) - FARE_MEAN) / FARE_STD
    structured = np.column_stack([
        age, fare, rows["sibsp"], rows["parch"], rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 2,
    ]).astype(np.float32)
    vocab = Counter(w for n in train["name"] for w in n.lower().split())
    index = {w: i + 2 for i, w in enumerate(w for w, f in vocab.items() if f >= 5)}
    names = np.array([([index.get(w, 1) for w in n.lower().split()] + [0] * 9)[:9] for n in rows["name"]])
    return structured, names, rows["survived"].to_numpy(np.float32)
