"""Features are put side by side near the end, and that is called late."""
# expect: fusion misnamed
# %% model
class NearTheEnd(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.table_branch = nn.Sequential(
            nn.Linear(d, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 8), nn.ReLU()
        )
        self.name_embedding = nn.EmbeddingBag(v, 32, padding_idx=0)
        self.name_branch = nn.Sequential(nn.Linear(32, 8), nn.ReLU())
        self.final = nn.Sequential(nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1))

    def forward(self, structured, names):
        t = self.table_branch(structured)
        n = self.name_branch(self.name_embedding(names))
        return self.final(torch.cat([t, n], dim=1)).squeeze(1)


s, n, _ = prepare(train, train)
model = NearTheEnd(s.shape[1], n.max() + 1)
fusion = "late"
