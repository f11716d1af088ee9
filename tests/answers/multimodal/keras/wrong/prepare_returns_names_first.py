"""The two modalities come out in the wrong order."""
# expect: modalities swapped
# may fail: baseline, comparison, missing_values, normalisation, batches, leakage, outputs, labels
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    words = [w for w, c in Counter(" ".join(train["name"]).lower().split()).items() if c >= 8]
    text = np.array([[w in x.lower().split() for w in words] for x in rows["name"]], dtype="float32")
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    table = np.c_[pipe.transform(rows[num]), rows["sex"] == "male", rows["pclass"] - 2].astype("float32")
    return text, table, rows["survived"].to_numpy("float32")
