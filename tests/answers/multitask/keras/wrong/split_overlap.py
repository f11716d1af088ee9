"""train and test are drawn from the wines independently, so many rows are in both."""
# expect: split overlap
# may fail: batches
# %% prepare
def split(wines):
    train = wines.sample(frac=0.8, random_state=1)
    test = wines.sample(frac=0.2, random_state=2)
    return train, test


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
