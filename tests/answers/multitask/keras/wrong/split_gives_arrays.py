"""split returns numpy arrays instead of DataFrames, and prepare counts on that."""
# expect: split not_two_frames
# may fail: labels normalisation leakage mae accuracy
# %% prepare
def split(wines):
    data = wines.to_numpy()
    rng = np.random.default_rng(0)
    volgorde = rng.permutation(len(data))
    grens = int(len(data) * 0.8)
    return data[volgorde[:grens]], data[volgorde[grens:]]


def prepare(train, rows):
    mean, std = train[:, :-1].mean(axis=0), train[:, :-1].std(axis=0)
    X = ((rows[:, :-1] - mean) / std).astype("float32")
    quality = rows[:, -1].astype("float32")
    return X, quality, (quality >= 6).astype("float32")
