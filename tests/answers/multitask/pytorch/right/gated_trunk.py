"""A trunk whose only non-linearity is a gate (GLU), with deeper heads and a functional forward."""
# expect: full marks
# %% model
class GatedNet(nn.Module):
    def __init__(self, n=11):
        super().__init__()
        self.waarde = nn.Linear(n, 32)
        self.poort = nn.Linear(n, 32)
        self.hoofden = nn.ModuleList([nn.Sequential(nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1)) for _ in range(2)])

    def forward(self, x):
        h = self.waarde(x) * torch.sigmoid(self.poort(x))
        quality, good = [hoofd(h)[..., 0] for hoofd in self.hoofden]
        return quality, good


model = GatedNet()
