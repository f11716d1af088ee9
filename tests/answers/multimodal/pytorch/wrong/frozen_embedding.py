"""The embedding of the words is random and frozen, and it is all that the names have."""
# expect: encoders frozen
# may fail: learns, modalities_used
# %% model
class Frozen(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.randn(v, 16))  # freeze=True by default
        self.table = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        return self.head(torch.cat([self.table(structured), self.words(names).mean(1)], 1)).squeeze(1)


s, n, _ = prepare(train, train)
model = Frozen(s.shape[1], int(n.max()) + 1)
fusion = "intermediate"
