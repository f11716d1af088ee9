"""X is shuffled once in the loader and its labels are not."""
# expect: batches misaligned
# may fail: learns mae accuracy
# %% loaders
train, test = split(wines)

X_train, q_train, g_train = (torch.from_numpy(v) for v in prepare(train, train))
X_train = X_train[torch.randperm(len(X_train))]  # eerst eens goed schudden

train_data = DataLoader(TensorDataset(X_train, q_train, g_train), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*(torch.from_numpy(v) for v in prepare(train, test))), batch_size=64)
