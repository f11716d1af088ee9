"""prepare itself removes rows with an outlier, so X has fewer rows than it was given."""
# expect: labels row_count
# may fail: normalisation leakage batches mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    z = (rows[FEATURES] - train[FEATURES].mean()) / train[FEATURES].std()
    binnen = (z.abs() < 3).all(axis=1)  # uitschieters weg
    X = z[binnen].to_numpy(dtype="float32")
    quality = rows.loc[binnen, "quality"].to_numpy(dtype="float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
