"""A helper gives both loaders shuffle=True."""
# expect: shuffle test_shuffled
# %% loaders
train, test = split(passengers)


def get_loader(df):
    s, n, y = prepare(train, df)
    return DataLoader(TensorDataset(torch.tensor(s), torch.tensor(n), torch.tensor(y)), batch_size=32, shuffle=True)


train_data, test_data = get_loader(train), get_loader(test)
