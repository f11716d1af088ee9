"""A weighted sampler draws the training rows with replacement, so each pass misses many and repeats others."""
# expect: batches rows_lost
# may fail: mae accuracy
# %% loaders
from torch.utils.data import WeightedRandomSampler

train, test = split(wines)


def to_dataset(rows):
    X, q, g = prepare(train, rows)
    return TensorDataset(torch.tensor(X), torch.tensor(q), torch.tensor(g))


# zeldzame scores vaker tonen
count = train["quality"].value_counts()
weights = 1.0 / train["quality"].map(count).to_numpy()
sampler = WeightedRandomSampler(torch.tensor(weights), num_samples=len(train), replacement=True)

train_data = DataLoader(to_dataset(train), batch_size=64, sampler=sampler)
test_data = DataLoader(to_dataset(test), batch_size=128)
