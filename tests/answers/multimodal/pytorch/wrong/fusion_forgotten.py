"""The variable fusion is not there."""
# expect: fusion not_named
# %% model
class Net(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.emb = nn.EmbeddingBag(v, 16, padding_idx=0)
        self.fc1 = nn.Linear(d, 16)
        self.fc2 = nn.Linear(32, 16)
        self.fc3 = nn.Linear(16, 1)

    def forward(self, structured, names):
        x = torch.cat([F.relu(self.fc1(structured)), self.emb(names)], dim=1)
        return self.fc3(F.relu(self.fc2(x))).squeeze(1)


s, n, _ = prepare(train, train)
model = Net(s.shape[1], n.max() + 1)
