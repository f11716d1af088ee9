"""Both loaders have the same options, drop_last included, so that part of the test rows is never seen."""
# expect: batches rows_lost
# may fail: reported, comparison
# %% loaders
train, test = split(passengers)

BATCH_SIZE = 64
common = dict(batch_size=BATCH_SIZE, drop_last=True)
train_ds = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, train)])
test_ds = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, test)])
train_data = DataLoader(train_ds, shuffle=True, **common)
test_data = DataLoader(test_ds, shuffle=False, **common)
print(len(train_data), len(test_data))
# %% evaluate
def run(net, pick):
    net.eval()
    with torch.no_grad():
        pairs = [(net(*pick(s, n)).flatten(), y) for s, n, y in test_data]
    return torch.cat([p for p, _ in pairs]).numpy(), torch.cat([y for _, y in pairs]).numpy()


z, y = run(model, lambda s, n: (s, n))
auc = roc_auc_score(y, z)
accuracy = float(np.mean((z > 0) == (y > 0)))
# %% baseline
baseline = nn.Sequential(nn.Linear(train_ds.tensors[0].shape[1], 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 1))
baseline_input = "structured"
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for _ in range(25):
    for s, n, y in train_data:
        opt.zero_grad()
        loss_function(baseline(s), y).backward()
        opt.step()
z, y = run(baseline, lambda s, n: (s,))
baseline_auc = roc_auc_score(y, z)
