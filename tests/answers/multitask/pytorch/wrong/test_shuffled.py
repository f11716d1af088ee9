"""The test loader is shuffled as well."""
# expect: shuffle test_shuffled
# %% loaders
train, test = split(wines)


def make_loader(rows):
    dataset = TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))
    return DataLoader(dataset, batch_size=64, shuffle=True)


train_data, test_data = make_loader(train), make_loader(test)
