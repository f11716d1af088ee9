"""The names hold iterators of loaders, which one pass empties."""
# expect: batches empty
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


train_data = iter(DataLoader(make_dataset(train), batch_size=64, shuffle=True))
test_data = iter(DataLoader(make_dataset(test), batch_size=256))
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = (torch.from_numpy(values) for values in prepare(train, test))
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
