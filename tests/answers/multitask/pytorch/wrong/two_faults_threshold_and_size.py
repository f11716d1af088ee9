"""Two mistakes: a wine is good from 7 on, and the test part holds one wine in twenty."""
# expect: split test_too_small
# expect: labels wrong_threshold
# may fail: batches classification_term mae accuracy learns reported histograms
# %% prepare
def split(wines):
    test = wines.sample(frac=0.05, random_state=SEED)
    return wines.drop(test.index), test


def prepare(train, rows):
    mean, std = train[FEATURES].mean(), train[FEATURES].std()
    X = torch.tensor(((rows[FEATURES] - mean) / std).values, dtype=torch.float32)
    quality = torch.tensor(rows["quality"].values, dtype=torch.float32)
    return X, quality, (quality > 6).float()
# %% loaders
train, test = split(wines)
train_data = DataLoader(TensorDataset(*prepare(train, train)), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*prepare(train, test)), batch_size=64)
