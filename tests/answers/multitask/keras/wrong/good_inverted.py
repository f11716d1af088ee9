"""good is 1 for the bad wines."""
# expect: labels inverted
# may fail: batches accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = np.where(quality >= 6, 0, 1).astype("float32")
    return X, quality, good
