"""The head for good gets a detached trunk, so that task does not train it."""
# expect: shared_trunk detached
# may fail: learns accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), self.good(h.detach())


model = Net()
