"""One layer with two units, cut in two columns."""
# expect: two_heads fused_head
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.out = nn.Linear(32, 2)

    def forward(self, x):
        y = self.out(self.trunk(x))
        return y[:, 0:1], y[:, 1:2]


model = Net()
