"""The score is standardised like a feature."""
# expect: labels not_quality
# may fail: batches mae
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    x_scaler = StandardScaler().fit(train[FEATURES])
    y_scaler = StandardScaler().fit(train[["quality"]])
    X = x_scaler.transform(rows[FEATURES]).astype("float32")
    quality = y_scaler.transform(rows[["quality"]]).astype("float32").ravel()
    good = (rows["quality"].values >= 6).astype("float32")
    return X, quality, good
