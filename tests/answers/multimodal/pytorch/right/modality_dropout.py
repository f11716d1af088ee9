"""Modality dropout: while training, one of both modalities is sometimes left out, so that neither is leaned on alone."""
# expect: full marks
# %% model
class ModalityDropoutNet(nn.Module):
    def __init__(self, n_columns, n_words, width=24, p=0.2):
        super().__init__()
        self.tabular = nn.Sequential(nn.Linear(n_columns, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())
        self.embed = nn.Embedding(n_words, width, padding_idx=0)
        self.textual = nn.Sequential(nn.Linear(width, width), nn.ReLU())
        self.classifier = nn.Linear(2 * width, 1)
        self.p = p

    def forward(self, structured, names):
        a = self.tabular(structured)
        mask = (names > 0).unsqueeze(-1).float()
        b = self.textual((self.embed(names) * mask).sum(1) / mask.sum(1).clamp(min=1))
        if self.training:
            u = torch.rand(len(a), 1)
            a = a * (u > self.p).float()
            b = b * (u < 1 - self.p).float()
        return self.classifier(torch.cat([a, b], -1)).squeeze(-1)


s, n, _ = prepare(train, train)
model = ModalityDropoutNet(s.shape[1], int(n.max()) + 1)
fusion = "intermediate"
