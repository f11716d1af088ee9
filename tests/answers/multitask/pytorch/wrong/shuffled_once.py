"""The training rows are shuffled once, before the loader, and then always come in that order."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)
train = train.sample(frac=1, random_state=3)  # schudden


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_data = DataLoader(make_dataset(train), batch_size=64, shuffle=False)
test_data = DataLoader(make_dataset(test), batch_size=64, shuffle=False)
