"""Two networks side by side in one model: nothing is shared."""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
class MultiTaskNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.quality_net = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))
        self.good_net = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        return self.quality_net(x), self.good_net(x)


model = MultiTaskNet()
