"""The vocabulary is made of the rows: a place is another word in each part."""
# expect: normalisation own_statistics
# may fail: leakage, modalities, modalities_used, auc
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def bag(names, size=60):
    words = [w for w, _ in Counter(w for n in names for w in n.lower().split()).most_common(size)]
    return np.array([[w in n.lower().split() for w in words] for n in names], dtype="float32")


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    s = np.c_[pipe.transform(rows[num]), rows["pclass"] - 2, rows["sex"] == "female"]
    return s.astype("float32"), bag(rows["name"]), rows["survived"].to_numpy("float32")
