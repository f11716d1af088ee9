"""The score is five times a tanh: it never gets above 5."""
# expect: outputs squashed_quality
# may fail: learns mae
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Sequential(nn.Linear(32, 1), nn.Tanh())
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return 5 * self.quality(h), self.good(h)


model = Net()
