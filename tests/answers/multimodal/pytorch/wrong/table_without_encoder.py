"""Only the names have an encoder; the raw columns of the table are joined to its features."""
# expect: encoders no_encoder
# may fail: fusion
# %% model
class HalfEncoded(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.text = nn.Sequential(
            nn.EmbeddingBag(v, 32, padding_idx=0), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU()
        )
        self.top = nn.Sequential(nn.Linear(d + 16, 24), nn.ReLU(), nn.Linear(24, 1))

    def forward(self, structured, names):
        return self.top(torch.cat([structured, self.text(names)], 1)).squeeze(1)


s, n, _ = prepare(train, train)
model = HalfEncoded(s.shape[1], n.max() + 1)
fusion = "intermediate"
