"""Everything goes side by side into the first layer, and that is called intermediate."""
# expect: fusion misnamed
# %% model
class Concat(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.emb = nn.Embedding(v, 10, padding_idx=0)
        self.net = nn.Sequential(nn.Linear(d + 10, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, structured, names):
        x = torch.cat([structured, self.emb(names).mean(1)], 1)
        return self.net(x).squeeze(1)


model = Concat(train_data.dataset.tensors[0].shape[1], int(train_data.dataset.tensors[1].max()) + 1)
fusion = "intermediate"
