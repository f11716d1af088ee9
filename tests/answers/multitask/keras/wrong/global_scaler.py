"""The scaler is fitted once, outside prepare, so the argument `train` has no effect."""
# expect: normalisation ignores_train
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


mijn_train, mijn_test = split(wines)
scaler = StandardScaler().fit(mijn_train[FEATURES])


def prepare(train, rows):
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
