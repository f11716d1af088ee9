"""The training loader holds all passengers."""
# expect: batches test_rows_in_training
# may fail: learns, reported
# %% loaders
train, test = split(passengers)


def make(rows, **kwargs):
    return DataLoader(TensorDataset(*map(torch.from_numpy, prepare(train, rows))), **kwargs)


train_data = make(passengers, batch_size=64, shuffle=True)
test_data = make(test, batch_size=64)
