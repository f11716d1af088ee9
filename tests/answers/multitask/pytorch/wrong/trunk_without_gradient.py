"""The trunk is run under no_grad, so no task trains it."""
# expect: shared_trunk detached
# may fail: learns mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        with torch.no_grad():
            h = self.trunk(x)
        return self.quality(h), self.good(h)


model = Net()
