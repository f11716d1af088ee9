"""Two faults: the batches are shuffled once and kept in a list, and baseline_auc holds the AUC of three seeds."""
# expect: shuffle train_not_shuffled
# expect: comparison not_a_number
# %% loaders
train, test = split(passengers)


def batches(rows, shuffle):
    """Everything fits in memory, so no DataLoader is needed while training."""
    data = TensorDataset(*(torch.from_numpy(v) for v in prepare(train, rows)))
    return list(DataLoader(data, batch_size=64, shuffle=shuffle))


train_data = batches(train, shuffle=True)
test_data = batches(test, shuffle=False)
# %% train
EPOCHS = 20
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
means = []
model.train()
for epoch in trange(EPOCHS):
    values = []
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        optimizer.step()
        values.append(loss.item())
    means.append(np.mean(values))
plt.plot(means)
# %% evaluate
S, N, Y = (torch.cat(v) for v in zip(*test_data))
model.eval()
with torch.no_grad():
    P = model(S, N).sigmoid()
auc = roc_auc_score(Y, P)
accuracy = (P.round() == Y).float().mean().item()
# %% baseline
baseline_input = "structured"
baseline_auc = []
for seed in (1, 2, 3):
    torch.manual_seed(seed)
    baseline = nn.Sequential(nn.Linear(S.shape[1], 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 1))
    optimizer = torch.optim.AdamW(baseline.parameters(), lr=3e-3, weight_decay=0.02)
    for epoch in range(EPOCHS):
        for s, _, y in train_data:
            optimizer.zero_grad()
            loss_function(baseline(s), y).backward()
            optimizer.step()
    baseline.eval()
    with torch.no_grad():
        baseline_auc.append(roc_auc_score(Y, baseline(S)))
print(baseline_auc, np.mean(baseline_auc))
