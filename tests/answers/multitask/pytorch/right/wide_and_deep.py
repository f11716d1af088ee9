"""A deep trunk plus a small linear skip from the input to the quality output."""
# expect: full marks
# %% model
class WideAndDeep(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.deep = nn.Sequential(nn.Linear(n_in, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.deep_quality = nn.Linear(32, 1)
        self.deep_good = nn.Linear(32, 1)
        # klein beginnen: de romp doet het meeste werk
        self.wide_quality = nn.Linear(n_in, 1, bias=False)
        nn.init.normal_(self.wide_quality.weight, std=0.01)

    def forward(self, x):
        h = self.deep(x)
        return self.deep_quality(h) + self.wide_quality(x), self.deep_good(h)


model = WideAndDeep(len(FEATURES))
