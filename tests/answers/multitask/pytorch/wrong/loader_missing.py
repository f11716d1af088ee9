"""The training loader has another name, which the training loop uses."""
# expect: batches missing
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_loader = DataLoader(make_dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=64)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
model.train()
for epoch in trange(50):
    for X, quality, good in train_loader:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
