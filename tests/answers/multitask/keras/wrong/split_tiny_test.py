"""Only five per cent of the wines is kept for testing."""
# expect: split test_too_small
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.05, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
