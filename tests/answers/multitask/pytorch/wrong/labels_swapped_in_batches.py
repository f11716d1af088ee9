"""The batches hold good before quality; the student's own loop takes them in that order."""
# expect: batches labels_swapped
# may fail: learns reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = (torch.from_numpy(v) for v in prepare(train, rows))
    return TensorDataset(X, good, quality)


train_data = DataLoader(make_dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=64)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.3)
model.train()
for epoch in trange(60):
    for X, good, quality in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, good, quality = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
