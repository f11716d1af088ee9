"""The loader makes its own label good, from a score of 7."""
# expect: batches labels_wrong
# may fail: accuracy
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, _ = (torch.from_numpy(v) for v in prepare(train, rows))
    good = (quality > 6).float()
    return TensorDataset(X, quality, good)


train_data = DataLoader(make_dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=64)
