"""The names are shuffled on their own before they go into the loader."""
# expect: batches misaligned
# may fail: modalities_used, auc
# %% loaders
train, test = split(passengers)

structured, names, survived = (torch.from_numpy(a) for a in prepare(train, train))
names = names[torch.randperm(len(names))]
train_data = DataLoader(TensorDataset(structured, names, survived), batch_size=64, shuffle=True)

structured, names, survived = (torch.from_numpy(a) for a in prepare(train, test))
test_data = DataLoader(TensorDataset(structured, names, survived), batch_size=64)
