"""The features of both modalities meet in a bilinear layer: every pair of features has a weight."""
# expect: full marks
# %% model
class BilinearFusion(nn.Module):
    def __init__(self, columns, words):
        super().__init__()
        self.enc_s = nn.Sequential(nn.Linear(columns, 12), nn.Tanh())
        self.enc_n = nn.EmbeddingBag(words, 12, mode="mean", padding_idx=0)
        self.pair = nn.Bilinear(12, 12, 8)
        self.out = nn.Linear(8 + 12 + 12, 1)

    def forward(self, structured, names):
        s, n = self.enc_s(structured), torch.tanh(self.enc_n(names))
        return self.out(torch.cat([self.pair(s, n), s, n], dim=1))[:, 0]


structured, names, survived = prepare(train, train)
model = BilinearFusion(structured.shape[1], names.max() + 1)
fusion = "intermediate"
