"""The labels are sorted on the index and X is not."""
# expect: labels misaligned
# may fail: batches learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    scores = rows["quality"].sort_index()
    quality = scores.to_numpy(dtype="float32")
    good = (scores >= 6).to_numpy(dtype="float32")
    return X, quality, good
