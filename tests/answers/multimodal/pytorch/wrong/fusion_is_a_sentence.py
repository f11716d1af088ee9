"""fusion holds how the features are combined instead of one of the three names."""
# expect: fusion not_named
# %% model
class Net(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.emb = nn.EmbeddingBag(v, 16, padding_idx=0)
        self.tab = nn.Linear(d, 16)
        self.out = nn.Sequential(nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        return self.out(torch.cat([self.tab(structured), self.emb(names)], dim=1)).squeeze(1)


s, n, _ = prepare(train, train)
model = Net(s.shape[1], n.max() + 1)
fusion = "concatenation of the features"
