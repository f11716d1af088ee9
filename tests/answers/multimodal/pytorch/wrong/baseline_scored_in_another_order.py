"""Outputs and labels of the baseline come from two passes over a loader that shuffles: they do not belong together."""
# expect: comparison disagrees
# %% baseline
baseline_input = "structured"
n_features = next(iter(train_data))[0].shape[1]
baseline = nn.Sequential(nn.Linear(n_features, 24), nn.Tanh(), nn.Linear(24, 1), nn.Flatten(0))
optim = torch.optim.Adam(baseline.parameters(), 5e-3)
for epoch in range(15):
    for features, _, target in train_data:
        optim.zero_grad()
        nn.BCEWithLogitsLoss()(baseline(features), target).backward()
        optim.step()

torch.manual_seed(0)
eval_loader = DataLoader(test_data.dataset, batch_size=32, shuffle=True)
with torch.inference_mode():
    scores = torch.cat([torch.sigmoid(baseline(features)) for features, _, _ in eval_loader])
targets = torch.cat([target for _, _, target in eval_loader])
baseline_auc = roc_auc_score(targets.numpy(), scores.numpy())
