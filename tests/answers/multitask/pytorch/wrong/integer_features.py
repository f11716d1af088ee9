"""X is stored as whole hundredths and made a fraction again inside the model."""
# expect: batches wrong_dtype
# may fail: mae accuracy
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    X = torch.tensor(np.round(100 * X)).to(torch.int32)  # neemt minder plaats in
    return TensorDataset(X, torch.tensor(quality), torch.tensor(good))


train_data = DataLoader(make_dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=64)
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X.float() / 100)
        return self.quality(h), self.good(h)


model = Net()
