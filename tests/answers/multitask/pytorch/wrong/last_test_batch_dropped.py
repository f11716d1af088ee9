"""The last, incomplete batch of the test loader is dropped."""
# expect: batches rows_lost
# %% loaders
train, test = split(wines)


def make_loader(rows, shuffle):
    X, quality, good = prepare(train, rows)
    ds = TensorDataset(torch.tensor(X), torch.tensor(quality), torch.tensor(good))
    return DataLoader(ds, batch_size=100, shuffle=shuffle, drop_last=True)


train_data = make_loader(train, True)
test_data = make_loader(test, False)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
for epoch in trange(70):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
model.eval()
maes, accs = [], []
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        maes.append((q.flatten() - quality).abs().mean().item())
        accs.append(((g.flatten() > 0).float() == good).float().mean().item())
mae, accuracy = np.mean(maes), np.mean(accs)
