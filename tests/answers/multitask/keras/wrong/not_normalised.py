"""X holds the raw measurements."""
# expect: normalisation not_normalised
# may fail: learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = rows[FEATURES].values.astype("float32")
    quality = rows["quality"].values.astype("float32")
    good = (rows["quality"] >= 6).values.astype("float32")
    return X, quality, good
