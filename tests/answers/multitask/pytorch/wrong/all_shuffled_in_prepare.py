"""prepare shuffles the rows it is given, X and labels together, so its rows are not those of `rows` in their order."""
# expect: labels misaligned
# may fail: normalisation leakage batches learns mae accuracy reported
# %% prepare
def split(wines):
    test = wines.groupby("quality").sample(frac=0.2, random_state=SEED)
    train = wines.drop(index=test.index)
    return train, test


def prepare(train, rows):
    # eerst schudden, dan index opnieuw nummeren
    rows = rows.sample(frac=1, random_state=SEED).reset_index(drop=True)
    mean = train[FEATURES].mean()
    std = train[FEATURES].std()
    X = (rows[FEATURES] - mean) / std
    quality = rows["quality"].astype("float32")
    good = (quality >= 6).astype("float32")
    return X.to_numpy("float32"), quality.to_numpy(), good.to_numpy()
