"""X is sorted on the index and the labels are not."""
# expect: labels misaligned
# may fail: normalisation leakage batches learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    features = rows[FEATURES].sort_index()
    X = scaler.transform(features).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
