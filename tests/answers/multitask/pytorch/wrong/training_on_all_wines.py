"""The training loader holds all wines, the test part too."""
# expect: batches test_rows_in_training
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_data = DataLoader(make_dataset(wines), batch_size=64, shuffle=True)  # meer data is beter
test_data = DataLoader(make_dataset(test), batch_size=256)
