"""The baseline is a smaller network on both modalities."""
# expect: baseline both_modalities
# may fail: comparison
# %% baseline
class Small(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.e = nn.EmbeddingBag(v, 4, padding_idx=0)
        self.o = nn.Linear(d + 4, 1)

    def forward(self, structured, names):
        return self.o(torch.cat([structured, self.e(names)], 1)).squeeze(1)


baseline_input = "structured"
s, n, y = train_data.dataset.tensors
baseline = Small(s.shape[1], int(n.max()) + 1)
opt = torch.optim.Adam(baseline.parameters(), lr=5e-3)
for _ in range(20):
    for a, b, c in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(a, b), c).backward()
        opt.step()
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(s, n))
