"""X and labels come from two loaders that are zipped, and each of them shuffles in its own order."""
# expect: batches misaligned
# may fail: learns mae accuracy
# %% loaders
train, test = split(wines)


class Paired:
    """Loopt samen door de kenmerken en de labels."""

    def __init__(self, rows, batch_size, shuffle=False):
        X, quality, good = map(torch.from_numpy, prepare(train, rows))
        self.inputs = DataLoader(X, batch_size=batch_size, shuffle=shuffle)
        self.targets = DataLoader(TensorDataset(quality, good), batch_size=batch_size, shuffle=shuffle)

    def __len__(self):
        return len(self.inputs)

    def __iter__(self):
        for X, (quality, good) in zip(self.inputs, self.targets):
            yield X, quality, good


train_data = Paired(train, 64, shuffle=True)
test_data = Paired(test, 64)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
losses = []
for epoch in trange(40):
    model.train()
    total = 0.0
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
        total += loss.item()
    losses.append(total / len(train_data))
plt.plot(losses);
# %% evaluate
model.eval()
errors, hits = [], []
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        errors.append((q.flatten() - quality).abs())
        hits.append((g.flatten() > 0) == (good == 1))
mae = torch.cat(errors).mean().item()
accuracy = torch.cat(hits).float().mean().item()
