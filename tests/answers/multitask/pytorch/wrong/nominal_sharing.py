"""Two private networks with a hundredth of a shared layer added to each."""
# expect: shared_trunk nominal_sharing
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(11, 8), nn.ReLU())
        self.tower_q = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))
        self.tower_g = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))
        self.q = nn.Linear(8, 1)
        self.g = nn.Linear(8, 1)

    def forward(self, x):
        s = 0.01 * self.shared(x)
        return self.tower_q(x) + self.q(s), self.tower_g(x) + self.g(s)


model = Net()
