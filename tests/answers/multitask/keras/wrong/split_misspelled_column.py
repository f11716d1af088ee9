"""split stratifies on a column that does not exist and raises; nothing after it works."""
# expect: split raised
# may fail: labels normalisation leakage batches shuffle outputs shared_trunk two_heads non_linear
# may fail: regression_term classification_term weights learns mae accuracy reported
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, stratify=wines["kwaliteit"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
