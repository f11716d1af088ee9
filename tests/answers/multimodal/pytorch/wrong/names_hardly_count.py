"""Late fusion in which the names weigh one in a thousand."""
# expect: modalities_used useless
# may fail: encoders, fusion, learns
# %% model
class Weighted(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.s = nn.Sequential(nn.Linear(d, 16), nn.Tanh(), nn.Linear(16, 1))
        self.n = nn.Sequential(nn.EmbeddingBag(v, 16, padding_idx=0), nn.Tanh(), nn.Linear(16, 1), nn.Tanh())

    def forward(self, structured, names):
        return (self.s(structured) + 1e-3 * self.n(names)).squeeze(1)


s, n, _ = prepare(train, train)
model = Weighted(s.shape[1], n.max() + 1)
fusion = "late"
