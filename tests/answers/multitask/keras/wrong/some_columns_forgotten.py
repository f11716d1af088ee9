"""Only the columns with large numbers are normalised, the others stay raw."""
# expect: normalisation not_normalised
# %% prepare
GROOT = ["free_sulfur_dioxide", "total_sulfur_dioxide", "fixed_acidity", "alcohol", "residual_sugar"]


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = rows[FEATURES].copy()
    X[GROOT] = (X[GROOT] - train[GROOT].mean()) / train[GROOT].std()
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X.to_numpy(dtype="float32"), quality, good
