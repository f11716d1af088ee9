"""The score is shifted so that it starts at 0."""
# expect: labels not_quality
# may fail: batches mae
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    quality = (rows["quality"] - 3).to_numpy(dtype="float32")  # klassen 0 tot 5
    return X, quality, good
