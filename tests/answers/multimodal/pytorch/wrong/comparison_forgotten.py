"""A baseline is trained, but baseline_auc is never set."""
# expect: comparison missing
# %% baseline
baseline_input = "structured"
s, _, y = train_data.dataset.tensors
baseline = nn.Sequential(nn.Linear(s.shape[1], 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for _ in range(20):
    for a, _, c in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(a).flatten(), c).backward()
        opt.step()
s, _, y = test_data.dataset.tensors
with torch.no_grad():
    print(f"AUC met alleen de tabel: {roc_auc_score(y, baseline(s).flatten()):.3f}")
