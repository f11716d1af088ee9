"""shuffle=True was forgotten for the training rows."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(passengers)
ds_train = TensorDataset(*[torch.tensor(v) for v in prepare(train, train)])
ds_test = TensorDataset(*[torch.tensor(v) for v in prepare(train, test)])
train_data = DataLoader(ds_train, batch_size=64)
test_data = DataLoader(ds_test, batch_size=64)
