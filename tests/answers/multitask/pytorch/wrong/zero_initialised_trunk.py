"""Weights and biases of the trunk start at zero, so its ReLUs give zero for every wine, and go on doing that."""
# expect: shared_trunk dead_trunk
# may fail: outputs two_heads non_linear learns mae accuracy reported
# %% model
def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.zeros_(m.weight)
        nn.init.zeros_(m.bias)


class Netwerk(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.gedeeld = nn.Sequential(nn.Linear(n, 50), nn.ReLU(), nn.Linear(50, 25), nn.ReLU())
        self.gedeeld.apply(init_weights)
        self.kop_quality = nn.Linear(25, 1)
        self.kop_good = nn.Linear(25, 1)

    def forward(self, x):
        h = self.gedeeld(x)
        return self.kop_quality(h), self.kop_good(h)


model = Netwerk(len(FEATURES))
