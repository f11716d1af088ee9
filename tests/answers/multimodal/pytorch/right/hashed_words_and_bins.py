"""Quantile bins for the numbers, and words numbered by a hash instead of by a vocabulary; product of both features."""
# expect: full marks
# %% prepare
import zlib

BUCKETS = 300
LEN = 10


def split(passengers):
    idx = np.random.default_rng(1).permutation(len(passengers))
    n_test = int(0.2 * len(passengers))
    return passengers.iloc[idx[n_test:]], passengers.iloc[idx[:n_test]]


def bucket(word):
    return 1 + zlib.crc32(word.encode("utf8")) % BUCKETS


def prepare(train, rows):
    blocks = []
    # 1. numbers -> 6 equally filled bins, borders from train
    for col in ("age", "fare"):
        middle = train[col].median()
        borders = np.quantile(train[col].fillna(middle), [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6])
        which = np.searchsorted(borders, rows[col].fillna(middle).to_numpy(), side="right")
        blocks.append(np.eye(6)[which])
    # 2. family size, standardised
    fam_train, fam = train.sibsp + train.parch, rows.sibsp + rows.parch
    blocks.append(((fam - fam_train.mean()) / (fam_train.std() + 1e-9)).to_numpy()[:, None])
    # 3. categories, "?" gets a column of its own
    for col in ("pclass", "sex", "embarked"):
        for level in [*sorted(train[col].dropna().unique()), "?"]:
            blocks.append((rows[col].astype(object).where(rows[col].notna(), "?") == level).to_numpy()[:, None])
    structured = np.concatenate(blocks, axis=1).astype("f4")

    # 4. words -> buckets, nothing to learn here
    names = np.zeros((len(rows), LEN), dtype="i8")
    for i, name in enumerate(rows.name):
        for j, w in enumerate(re.findall(r"[a-z]+", name.lower())[:LEN]):
            names[i, j] = bucket(w)
    return (structured, names), rows.survived.to_numpy()
# %% loaders
train, test = split(passengers)


def to_loader(rows, shuffle):
    (s, n), y = prepare(train, rows)
    return DataLoader(
        [((s[i], n[i]), np.float32(y[i])) for i in range(len(y))], batch_size=40, shuffle=shuffle
    )


train_data = to_loader(train, True)
test_data = to_loader(test, False)
# %% model
class ProductNet(nn.Module):
    def __init__(self, d, k=24):
        super().__init__()
        self.s = nn.Sequential(nn.Linear(d, k), nn.ELU(), nn.Linear(k, k), nn.ELU())
        self.emb = nn.Embedding(BUCKETS + 1, k, padding_idx=0)
        self.position = nn.Parameter(torch.zeros(LEN))
        self.n = nn.Sequential(nn.Dropout(0.4), nn.Linear(k, k), nn.ELU())
        self.out = nn.Linear(3 * k, 1)

    def forward(self, structured, names):
        weight = torch.exp(self.position) * (names != 0)
        weight = weight / weight.sum(1, keepdim=True).clamp_min(1e-6)
        b = self.n(torch.einsum("bl,blk->bk", weight, self.emb(names)))
        a = self.s(structured)
        return self.out(torch.cat([a, b, a * b], 1))[:, 0]


model = ProductNet(next(iter(train_data))[0][0].shape[1])
fusion = "intermediate"
# %% loss
loss_function = nn.BCEWithLogitsLoss()
# %% train
opt = torch.optim.AdamW(model.parameters(), lr=0.002, weight_decay=0.05)
curve = []
for epoch in trange(12):
    model.train()
    running = []
    for (s, n), y in train_data:
        opt.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        opt.step()
        running.append(loss.item())
    curve.append(np.mean(running))
plt.plot(curve);
# %% evaluate
model.eval()
logits, y_true = [], []
with torch.no_grad():
    for (s, n), y in test_data:
        logits += model(s, n).tolist()
        y_true += y.tolist()
logits, y_true = np.array(logits), np.array(y_true)
auc = roc_auc_score(y_true, logits)
accuracy = ((logits > 0) == y_true).mean()
print(auc, accuracy)
# %% baseline
baseline_input = "structured"
d = next(iter(train_data))[0][0].shape[1]
baseline = nn.Sequential(nn.Linear(d, 24), nn.ELU(), nn.Linear(24, 24), nn.ELU(), nn.Linear(24, 1), nn.Flatten(0))
opt = torch.optim.AdamW(baseline.parameters(), lr=0.002, weight_decay=0.05)
for epoch in range(12):
    for (s, n), y in train_data:
        opt.zero_grad()
        loss_function(baseline(s), y).backward()
        opt.step()
baseline.eval()
with torch.no_grad():
    baseline_auc = roc_auc_score(y_true, np.concatenate([baseline(s).numpy() for (s, n), y in test_data]))
baseline_auc
