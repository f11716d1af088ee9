"""The GRU that reads the name starts from a hidden state made of the table row, as in image captioning."""
# expect: full marks (the embedding is the encoder of the names; the recurrent layer on it is a joint one)
# %% model
class CaptionStyle(nn.Module):
    def __init__(self, d, v, h=24):
        super().__init__()
        self.table = nn.Sequential(nn.Linear(d, h), nn.Tanh(), nn.Dropout(0.2))
        self.embed = nn.Embedding(v, 16, padding_idx=0)
        self.gru = nn.GRU(16, h, batch_first=True)
        self.out = nn.Sequential(nn.Linear(2 * h, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        features = self.table(structured)
        _, last = self.gru(self.embed(names), features.unsqueeze(0))
        return self.out(torch.cat([features, last[0]], dim=1)).squeeze(1)


structured, names, survived = prepare(train, train)
model = CaptionStyle(structured.shape[1], names.max() + 1)
fusion = "intermediate"
