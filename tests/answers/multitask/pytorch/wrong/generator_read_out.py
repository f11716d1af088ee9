"""Generators instead of loaders, already read to the end when their batches were counted."""
# expect: batches empty
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def batches(rows, size, schudden=False):
    X, quality, good = (torch.tensor(v) for v in prepare(train, rows))
    volgorde = torch.randperm(len(X)) if schudden else torch.arange(len(X))
    for i in range(0, len(X), size):
        rij = volgorde[i:i + size]
        yield X[rij], quality[rij], good[rij]


train_data = batches(train, 32, schudden=True)
test_data = batches(test, 32)
print("aantal batches:", len(list(train_data)), len(list(test_data)))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in trange(50):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = (torch.tensor(v) for v in prepare(train, test))
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
