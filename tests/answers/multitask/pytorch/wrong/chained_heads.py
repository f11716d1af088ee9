"""The head for good also gets the predicted score."""
# expect: two_heads chained_heads
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(33, 1)

    def forward(self, x):
        h = self.trunk(x)
        q = self.quality(h)
        g = self.good(torch.cat([h, q], dim=1))  # de score helpt om goed/slecht te bepalen
        return q, g


model = Net()
