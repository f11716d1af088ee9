"""The figure of the baseline is from the rows that it was trained on."""
# expect: comparison on_training_rows
# %% baseline
baseline_input = "names"
s, n, y = train_data.dataset.tensors
baseline = nn.Sequential(nn.EmbeddingBag(int(n.max()) + 1, 32, padding_idx=0), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=1e-2)
for _ in range(60):
    for _, b, c in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(b).flatten(), c).backward()
        opt.step()
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(n).flatten())
