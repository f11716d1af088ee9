"""The baseline reads the table and is said to read the names."""
# expect: baseline wrong_input
# may fail: comparison
# %% baseline
baseline_input = "names"
s, n, y = train_data.dataset.tensors
baseline = nn.Sequential(nn.Linear(s.shape[1], 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for _ in range(20):
    for a, _, c in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(a).flatten(), c).backward()
        opt.step()
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(s).flatten())
