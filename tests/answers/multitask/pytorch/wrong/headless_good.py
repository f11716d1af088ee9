"""The output good is the mean of the trunk's units: it has no layer of its own."""
# expect: two_heads headless
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.Tanh(), nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 16))
        self.quality = nn.Linear(16, 1)

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), h.mean(dim=1, keepdim=True)


model = Net()
