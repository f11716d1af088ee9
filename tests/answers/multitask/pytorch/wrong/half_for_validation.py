"""Half of the training part is set aside for validation."""
# expect: batches rows_lost
# %% loaders
train, test = split(wines)
fit_rows, val_rows = train_test_split(train, test_size=0.5, random_state=0)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_data = DataLoader(make_dataset(fit_rows), batch_size=32, shuffle=True)
val_data = DataLoader(make_dataset(val_rows), batch_size=32)
test_data = DataLoader(make_dataset(test), batch_size=32)
