"""The features of both are added up and averaged to one number, without a layer that reads them."""
# expect: fusion not_fused
# may fail: learns, auc, modalities_used
# %% model
class Averaged(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.table = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 16), nn.Tanh())
        self.words = nn.EmbeddingBag(v, 16, padding_idx=0)
        self.text = nn.Sequential(nn.Linear(16, 16), nn.Tanh())

    def forward(self, structured, names):
        features = self.table(structured) + self.text(self.words(names))
        return 4 * features.mean(dim=1)


s, n, _ = prepare(train, train)
model = Averaged(s.shape[1], int(n.max()) + 1)
fusion = "intermediate"
