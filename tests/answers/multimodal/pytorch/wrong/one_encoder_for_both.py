"""The columns are padded to the width of the names, and one encoder reads first the one and then the other."""
# expect: encoders shared_encoder
# may fail: fusion
# %% model
class OneEncoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.encoder = nn.Sequential(nn.Linear(width, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        both = [F.pad(x.float(), (0, self.width - x.shape[1])) for x in (structured, names)]
        return self.head(torch.cat([self.encoder(x) for x in both], 1)).squeeze(1)


s, n, _ = prepare(train, train)
model = OneEncoder(max(s.shape[1], n.shape[1]))
fusion = "intermediate"
