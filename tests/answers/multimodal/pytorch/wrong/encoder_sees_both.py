"""The encoder of the table also gets the features of the names."""
# expect: encoders sees_other
# may fail: fusion
# %% model
class Mixed(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.emb = nn.EmbeddingBag(v, 8, padding_idx=0)
        self.structured_encoder = nn.Sequential(nn.Linear(d + 8, 16), nn.ReLU())
        self.names_encoder = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(32, 1)

    def forward(self, structured, names):
        e = torch.relu(self.emb(names))
        a = self.structured_encoder(torch.cat([structured, e], 1))
        b = self.names_encoder(e)
        return self.head(torch.cat([a, b], 1)).squeeze(1)


s, n, _ = prepare(train, train)
model = Mixed(s.shape[1], n.max() + 1)
fusion = "intermediate"
