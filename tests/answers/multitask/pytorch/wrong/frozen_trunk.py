"""The weights of the trunk are frozen, as in transfer learning."""
# expect: shared_trunk frozen_trunk
# may fail: learns mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)
        for p in self.trunk.parameters():
            p.requires_grad = False  # zoals bij transfer learning

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), self.good(h)


model = Net()
