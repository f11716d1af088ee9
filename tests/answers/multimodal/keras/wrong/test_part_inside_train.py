"""The test part is drawn from the training part."""
# expect: split overlap
# may fail: batches
# %% prepare
def split(passengers):
    train = passengers.sample(frac=1, random_state=1)
    test = train.sample(frac=0.2, random_state=1)
    return train, test


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    mean, std = train[num].mean(), train[num].std()
    s = ((rows[num] - mean) / std).fillna(0.0)          # 0 is the mean of train
    s["sex"] = rows["sex"].map({"male": -1.0, "female": 1.0})
    s["pclass"] = rows["pclass"] - 2.0
    words = [w for w, c in Counter(" ".join(train["name"]).lower().split()).items() if c >= 8]
    n = np.array([[w in x.lower().split() for w in words] for x in rows["name"]], dtype="float32")
    return s.to_numpy("float32"), n, rows["survived"].to_numpy("float32")
