"""Outliers are dropped in prepare, so it returns fewer rows than it was given."""
# expect: labels row_count
# may fail: normalisation leakage batches mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    gemiddelde, std = train[FEATURES].mean(), train[FEATURES].std()
    Z = (rows[FEATURES] - gemiddelde) / std
    binnen = (Z.abs() < 3).all(axis=1)   # uitschieters weg
    Z, rows = Z[binnen], rows[binnen]
    quality = rows["quality"].to_numpy(dtype="float32")
    return Z.to_numpy(dtype="float32"), quality, (quality >= 6).astype("float32")
