"""The baseline is a new head on the trained table encoder of model: feature extraction as in transfer learning."""
# expect: baseline shares_weights
# may fail: comparison, baseline
# %% baseline
baseline_input = "structured"
baseline = nn.Sequential(
    model.structured_encoder,
    nn.Linear(16, 8),
    nn.ReLU(),
    nn.Linear(8, 1),
)
opt = torch.optim.Adam(list(baseline[1].parameters()) + list(baseline[3].parameters()), lr=5e-3)
for epoch in range(15):
    for s, _, y in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(s)[:, 0], y).backward()
        opt.step()
baseline.eval()
with torch.no_grad():
    p = torch.cat([baseline(s)[:, 0] for s, _, _ in test_data])
    t = torch.cat([y for _, _, y in test_data])
baseline_auc = roc_auc_score(t, p)
