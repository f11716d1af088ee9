"""A wine counts as good above 6 instead of from 6."""
# expect: labels wrong_threshold
# may fail: batches accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] > 6).to_numpy(dtype="float32")
    return X, quality, good
