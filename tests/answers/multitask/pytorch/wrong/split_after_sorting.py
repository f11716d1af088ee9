"""The wines are sorted by their score before the first 80 % is taken."""
# expect: split sorted_parts
# may fail: mae accuracy batches
# %% prepare
def split(wines):
    gesorteerd = wines.sort_values("quality").reset_index(drop=True)
    n = int(0.8 * len(gesorteerd))
    return gesorteerd[:n], gesorteerd[n:]


def prepare(train, rows):
    gemiddelde, spreiding = train[FEATURES].mean(), train[FEATURES].std()
    X = ((rows[FEATURES] - gemiddelde) / spreiding).to_numpy(dtype="float32")
    return X, rows["quality"].to_numpy(dtype="float32"), (rows["quality"] >= 6).to_numpy(dtype="float32")
