"""In the batches the names come first and the table second."""
# expect: batches wrong_dtype
# may fail: auc, modalities_used, outputs, encoders, fusion, comparison, baseline
# %% loaders
train, test = split(passengers)


def dataset(rows):
    s, n, y = prepare(train, rows)
    return TensorDataset(torch.tensor(n), torch.tensor(s), torch.tensor(y))


train_data = DataLoader(dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(dataset(test), batch_size=256)
# %% model
class Net(nn.Module):
    def __init__(self, words, columns):
        super().__init__()
        self.words = nn.EmbeddingBag(words, 16, padding_idx=0)
        self.columns = nn.Sequential(nn.Linear(columns, 16), nn.ReLU())
        self.out = nn.Sequential(nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, names, structured):
        return self.out(torch.cat([self.words(names), self.columns(structured)], 1)).squeeze(1)


n, s, y = train_data.dataset.tensors
model = Net(int(n.max()) + 1, s.shape[1])
fusion = "intermediate"
# %% baseline
baseline_input = "structured"
baseline = nn.Sequential(nn.Linear(s.shape[1], 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for epoch in range(20):
    for _, s, y in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(s).squeeze(1), y).backward()
        opt.step()
_, s, y = test_data.dataset.tensors
baseline_auc = roc_auc_score(y, baseline(s).squeeze(1).detach())
