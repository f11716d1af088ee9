"""The features of the names are detached before they are joined."""
# expect: encoders detached
# may fail: learns, modalities_used
# %% model
class FusionNet(nn.Module):
    def __init__(self, columns, words):
        super().__init__()
        self.enc1 = nn.Sequential(nn.Linear(columns, 24), nn.ReLU())
        self.enc2 = nn.Sequential(nn.EmbeddingBag(words, 24, padding_idx=0), nn.Linear(24, 24), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(48, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        f1, f2 = self.enc1(structured), self.enc2(names)
        return self.head(torch.cat([f1, f2.detach()], dim=1)).squeeze(1)


s, n, y = train_data.dataset.tensors
model = FusionNet(s.shape[1], int(n.max()) + 1)
fusion = "intermediate"
