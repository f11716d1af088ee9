"""Everything in float64: the batches, the labels and the weights."""
# expect: full marks
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = torch.from_numpy(scaler.transform(rows[FEATURES]))
    quality = torch.from_numpy(rows["quality"].to_numpy().astype(np.float64))
    good = (quality >= 6).double()
    return X, quality, good
# %% loaders
train, test = split(wines)

train_data = DataLoader(TensorDataset(*prepare(train, train)), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*prepare(train, test)), batch_size=64)
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return self.quality(h), self.good(h)


model = Net().double()  # anders klaagt torch over dtypes
# %% evaluate
model.eval()
mae, accuracy, n = 0, 0, 0
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        mae += (q.flatten() - quality).abs().sum().item()
        accuracy += ((g.flatten() > 0) == (good > 0)).sum().item()
        n += len(quality)
mae, accuracy = mae / n, accuracy / n
