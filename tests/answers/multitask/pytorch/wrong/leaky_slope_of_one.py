"""LeakyReLU with a slope of one is no activation at all: both sides of zero are passed on unchanged."""
# expect: non_linear linear_trunk
# may fail: mae accuracy
# %% model
ALPHA = 1.0


def laag(n_in, n_uit, alpha=ALPHA):
    return [nn.Linear(n_in, n_uit), nn.LeakyReLU(alpha)]


class Wijnnet(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.romp = nn.Sequential(*laag(n_in, 80), *laag(80, 40), *laag(40, 20))
        self.quality = nn.Linear(20, 1)
        self.good = nn.Linear(20, 1)

    def forward(self, x):
        x = self.romp(x)
        return self.quality(x), self.good(x)


model = Wijnnet(len(FEATURES))
