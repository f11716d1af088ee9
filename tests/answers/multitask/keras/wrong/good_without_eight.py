"""good is looked up in a list of scores from which 8 was forgotten."""
# expect: labels not_good
# may fail: batches accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = rows["quality"].isin([6, 7]).to_numpy(dtype="float32")
    return X, quality, good
