"""The split returns the test part first, so the network trains on the small part."""
# expect: split swapped_parts
# may fail: learns mae accuracy
# %% prepare
def split(wines):
    train, test = train_test_split(wines, test_size=0.2, random_state=SEED)
    return test, train


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
