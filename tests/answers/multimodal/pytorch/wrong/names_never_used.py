"""forward takes the names and does nothing with them."""
# expect: encoders ignored
# may fail: fusion, learns, modalities_used
# %% model
class Net(nn.Module):
    def __init__(self, n_columns, n_words):
        super().__init__()
        self.embedding = nn.EmbeddingBag(n_words, 16, padding_idx=0)
        self.encoder = nn.Sequential(nn.Linear(n_columns, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        tekst = self.embedding(names)  # noqa: F841
        x = self.encoder(structured)
        return self.head(x).squeeze(1)


s, n, _ = prepare(train, train)
model = Net(s.shape[1], n.max() + 1)
fusion = "intermediate"
