"""Dropout of 0.95 (meant as the part to keep) on the input, so neither task gets good enough."""
# expect: accuracy below_threshold
# may fail: learns mae
# %% model
KEEP_PROB = 0.95


class DroppedNet(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Dropout(KEEP_PROB), nn.Linear(n_in, 64), nn.ReLU(),
            nn.Linear(64, 32), nn.ReLU(),
        )
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), self.good(h)


model = DroppedNet(len(FEATURES))
