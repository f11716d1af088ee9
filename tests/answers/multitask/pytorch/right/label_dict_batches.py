"""Batches of (X, dict of labels) from a collate function, with integer labels that the loss casts."""
# expect: full marks
# %% prepare
def split(wines):
    test = wines.sample(frac=0.2, random_state=7)
    train = wines.drop(test.index)
    return train, test


def prepare(train, rows):
    mu, sigma = train[FEATURES].mean(), train[FEATURES].std(ddof=0)
    X = ((rows[FEATURES] - mu) / sigma).clip(-5, 5)
    return torch.tensor(X.to_numpy(), dtype=torch.float32), rows["quality"].to_numpy(), (rows["quality"] > 5).to_numpy()
# %% loaders
train, test = split(wines)


def collate(items):
    X = torch.stack([item[0] for item in items])
    labels = {
        "quality": torch.tensor([int(item[1]) for item in items]),
        "good": torch.tensor([int(item[2]) for item in items]),
    }
    return X, labels


train_data = DataLoader(list(zip(*prepare(train, train))), batch_size=64, shuffle=True, collate_fn=collate)
test_data = DataLoader(list(zip(*prepare(train, test))), batch_size=64, shuffle=False, collate_fn=collate)
# %% loss
def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    quality = quality.float().view(-1, 1)  # labels zijn gehele getallen
    good = good.float().view(-1, 1)
    return F.mse_loss(pred_quality, quality) + F.binary_cross_entropy_with_logits(pred_good, good)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
hist_mse, hist_bce = [], []
for epoch in trange(60):
    model.train()
    for X, y in train_data:
        optimizer.zero_grad()
        out = model(X)
        loss = multitask_loss(out, y["quality"], y["good"])
        loss.backward()
        optimizer.step()
    hist_mse.append(((out[0].flatten() - y["quality"]) ** 2).mean().item())
    hist_bce.append(F.binary_cross_entropy_with_logits(out[1].flatten(), y["good"].float()).item())
plt.plot(hist_mse)
plt.plot(hist_bce)
plt.show()
# %% evaluate
model.eval()
q, g, q_label, g_label = [], [], [], []
with torch.no_grad():
    for X, y in test_data:
        a, b = model(X)
        q += a.flatten().tolist()
        g += (b.flatten() > 0).int().tolist()
        q_label += y["quality"].tolist()
        g_label += y["good"].tolist()
mae = sum(abs(a - b) for a, b in zip(q, q_label)) / len(q)
accuracy = sum(a == b for a, b in zip(g, g_label)) / len(g)
