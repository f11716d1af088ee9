"""The split takes row numbers that belong to the 1599 wines on Kaggle, so with this file the two parts overlap."""
# expect: split overlap
# may fail: batches mae accuracy
# %% prepare
N_TOTAL = 1599  # red wines
N_TEST = 400
N_TRAIN = N_TOTAL - N_TEST


def split(wines):
    shuffled = wines.sample(frac=1.0, random_state=SEED)
    train = shuffled.iloc[:N_TRAIN]
    test = shuffled.iloc[-N_TEST:]
    return train, test


def prepare(train, rows):
    mu = train[FEATURES].mean(axis=0)
    sigma = train[FEATURES].std(axis=0, ddof=0)
    X = ((rows[FEATURES] - mu) / sigma).to_numpy(np.float32)
    quality = rows["quality"].to_numpy(np.float32)
    return X, quality, np.float32(quality >= 6)
