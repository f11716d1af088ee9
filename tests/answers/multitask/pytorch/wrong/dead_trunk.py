"""The trunk ends in a softmax over one unit, so it passes on the same for every wine."""
# expect: shared_trunk dead_trunk
# may fail: outputs two_heads non_linear learns mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 1), nn.Softmax(dim=-1))
        self.quality = nn.Sequential(nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 1))
        self.good = nn.Sequential(nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), self.good(h)


model = Net()
