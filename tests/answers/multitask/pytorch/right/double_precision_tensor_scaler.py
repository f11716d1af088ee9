"""Double precision as PyTorch's default, a scaler class on tensors only, a home-made activation and a NamedTuple."""
# expect: full marks
# %% prepare
torch.set_default_dtype(torch.float64)      # ik wil geen gedoe met dtypes


class RobustTensorScaler:
    """(x - mediaan) / MAD, daarna asinh zodat de staarten niet ontploffen."""

    def fit(self, t):
        self.center_ = t.median(dim=0, keepdim=True).values
        mad = (t - self.center_).abs().median(dim=0, keepdim=True).values
        self.scale_ = 1.4826 * torch.where(mad > 0, mad, torch.ones_like(mad))
        return self

    def transform(self, t):
        return torch.asinh((t - self.center_) / self.scale_)

    def fit_transform(self, t):
        return self.fit(t).transform(t)


def tensor(df, *columns):
    return torch.tensor(df.loc[:, list(columns)].to_numpy(dtype=float))


def split(wines):
    g = torch.Generator().manual_seed(314)
    perm = torch.randperm(len(wines), generator=g).numpy()
    cut = len(wines) // 5
    return wines.iloc[perm[cut:]], wines.iloc[perm[:cut]]


def prepare(train, rows):
    scaler = RobustTensorScaler().fit(tensor(train, *FEATURES))
    X = scaler.transform(tensor(rows, *FEATURES))
    quality = tensor(rows, "quality")[:, 0]
    return X, quality, torch.ge(quality, 6)
# %% loaders
train, test = split(wines)

train_data = DataLoader(TensorDataset(*prepare(train, train)), batch_size=100, shuffle=True)
test_data = DataLoader(TensorDataset(*prepare(train, test)), batch_size=100)
# %% model
from typing import NamedTuple


class Prediction(NamedTuple):
    quality: torch.Tensor
    good: torch.Tensor


class Squareplus(nn.Module):
    """Gladde ReLU zonder exponenten: (x + sqrt(x^2 + b)) / 2."""

    def __init__(self, b=1.0):
        super().__init__()
        self.b = b

    def forward(self, x):
        return (x + (x * x + self.b).sqrt()) / 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Sequential(
            nn.Linear(11, 48), Squareplus(),
            nn.Linear(48, 24), Squareplus(),
        )
        self.score = nn.Linear(24, 1)
        self.logit = nn.Linear(24, 1)

    def forward(self, x):
        z = self.shared(x)
        return Prediction(quality=self.score(z).ravel(), good=self.logit(z).ravel())


model = Net()
print({p.dtype for p in model.parameters()})
# %% loss
def multitask_loss(outputs, quality, good):
    mse = (outputs.quality - quality.ravel()).pow(2).mean()
    bce = nn.BCEWithLogitsLoss()(outputs.good, good.ravel().double())
    return 0.5 * (mse + bce)
# %% train
opt = torch.optim.Adamax(model.parameters(), lr=6e-3, weight_decay=1e-3)
steps = torch.optim.lr_scheduler.MultiStepLR(opt, milestones=[30, 45], gamma=0.3)
mses, bces = [], []
for epoch in trange(55):
    model.train(True)
    for X, quality, good in train_data:
        opt.zero_grad()
        pred = model(X)
        loss = multitask_loss(pred, quality, good)
        loss.backward()
        opt.step()
    steps.step()
    model.train(False)
    with torch.no_grad():
        pred = model(train_data.dataset.tensors[0])
        mses.append(F.mse_loss(pred.quality, train_data.dataset.tensors[1]).item())
        bces.append(F.binary_cross_entropy_with_logits(pred.good, train_data.dataset.tensors[2].double()).item())
plt.plot(mses, label="MSE")
plt.plot(bces, label="BCE")
plt.legend()
plt.show()
# %% evaluate
model.train(False)
with torch.no_grad():
    pred = [model(X) for X, _, _ in test_data]
pred = Prediction(*(np.concatenate(part) for part in zip(*pred)))
quality, good = (part.numpy() for part in test_data.dataset.tensors[1:])
mae = np.abs(pred.quality - quality).mean()
accuracy = np.mean((pred.good >= 0) == good)
print(mae, accuracy)
