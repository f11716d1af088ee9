"""prepare shuffles the rows before converting them, so its result is not in the order of `rows`."""
# expect: labels misaligned
# may fail: batches normalisation leakage mae accuracy reported
# %% prepare
def split(wines):
    test = wines.sample(frac=0.2, random_state=SEED)
    return wines.drop(index=test.index), test


def prepare(train, rows):
    statistieken = train[FEATURES].agg(["mean", "std"])
    rows = rows.sample(frac=1, random_state=SEED)  # goed schudden, dan leert het netwerk de volgorde niet
    X = (rows[FEATURES] - statistieken.loc["mean"]) / statistieken.loc["std"]
    quality = rows["quality"]
    good = quality >= 6
    return X.to_numpy("float32"), quality.to_numpy("float32"), good.to_numpy("float32")
