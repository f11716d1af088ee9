"""Two mistakes: the training loader does not shuffle, and the figures are those of the training rows."""
# expect: shuffle train_not_shuffled
# expect: reported on_training_rows
# may fail: mae accuracy
# %% loaders
train, test = split(wines)
train_set = TensorDataset(*map(torch.as_tensor, prepare(train, train)))
test_set = TensorDataset(*map(torch.as_tensor, prepare(train, test)))
train_data = DataLoader(train_set, batch_size=64)
test_data = DataLoader(test_set, batch_size=64)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
for epoch in trange(200):
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
# %% evaluate
def evaluate(loader):
    model.eval()
    absolute, right, n = 0.0, 0, 0
    with torch.no_grad():
        for X, quality, good in loader:
            q, g = model(X)
            absolute += (q.squeeze(-1) - quality).abs().sum().item()
            right += ((g.squeeze(-1) > 0) == (good > 0.5)).sum().item()
            n += len(X)
    return absolute / n, right / n


mae, accuracy = evaluate(train_data)
