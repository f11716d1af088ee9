"""Equal wines stay together in the split, and validation rows come from random_split."""
# expect: full marks
# %% prepare
from sklearn.model_selection import GroupShuffleSplit


def split(wines):
    groep = wines.groupby(list(wines.columns), sort=False).ngroup()  # dubbele wijnen krijgen hetzelfde nummer
    verdeler = GroupShuffleSplit(n_splits=1, test_size=0.2, random_state=SEED)
    i_train, i_test = next(verdeler.split(wines, groups=groep))
    return wines.iloc[i_train], wines.iloc[i_test]


def prepare(train, rows):
    laag, hoog = train[FEATURES].quantile(0.01), train[FEATURES].quantile(0.99)
    basis = train[FEATURES].clip(laag, hoog, axis=1)
    X = (rows[FEATURES].clip(laag, hoog, axis=1) - basis.mean()) / basis.std()
    return [X.to_numpy("float32"), rows["quality"].to_numpy("float32"), (rows["quality"] >= 6).to_numpy("float32")]
# %% loaders
from torch.utils.data import random_split

train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.tensor(values) for values in prepare(train, rows)))


alles = make_dataset(train)
fit_set, val_set = random_split(alles, [0.85, 0.15])
train_data = DataLoader(fit_set, batch_size=32, shuffle=True)
val_data = DataLoader(val_set, batch_size=256)
test_data = DataLoader(make_dataset(test), batch_size=256)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
curve = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        curve.append([multitask_loss(model(X), quality, good).item() for X, quality, good in val_data][0])
plt.plot(curve, label="validatie")
plt.legend()
plt.show()
