"""Two complete networks whose logits are averaged, called intermediate."""
# expect: fusion misnamed
# %% model
class Avg(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.structured_net = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1))
        self.emb = nn.EmbeddingBag(v, 16, padding_idx=0)
        self.names_net = nn.Sequential(nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        a = self.structured_net(structured)
        b = self.names_net(self.emb(names))
        return ((a + b) / 2).squeeze(1)


s, n, _ = prepare(train, train)
model = Avg(s.shape[1], n.max() + 1)
fusion = "intermediate"
