"""quality is divided by ten, so that it is no longer in points."""
# expect: labels not_quality
# may fail: batches learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = (rows["quality"] / 10).to_numpy(dtype="float32")  # tussen 0 en 1
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
