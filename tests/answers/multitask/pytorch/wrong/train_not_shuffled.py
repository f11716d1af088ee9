"""The training loader keeps its order."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_data = DataLoader(make_dataset(train), batch_size=64)
test_data = DataLoader(make_dataset(test), batch_size=64)
