"""The shared layer is linear; all that bends is in the heads."""
# expect: non_linear linear_trunk
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Linear(11, 32)
        self.quality = nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
        self.good = nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        h = self.shared(x)
        return self.quality(h), self.good(h)


model = Net()
