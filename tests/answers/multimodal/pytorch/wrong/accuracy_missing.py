"""Only the AUC is computed."""
# expect: reported missing
# %% evaluate
model.eval()
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    auc = roc_auc_score(y, model(s, n))
print(auc)
# %% baseline
baseline_input = "structured"
baseline = nn.Sequential(nn.Linear(s.shape[1], 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for _ in range(20):
    for a, b, c in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(a)[:, 0], c).backward()
        opt.step()
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(s)[:, 0])
