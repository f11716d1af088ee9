"""The baseline is made and measured, but never trained."""
# expect: baseline not_trained
# may fail: comparison
# %% baseline
baseline_input = "structured"
s, n, y = test_data.dataset.tensors
torch.manual_seed(3)
baseline = nn.Sequential(nn.Linear(s.shape[1], 32), nn.ReLU(), nn.Linear(32, 1))
baseline.eval()
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(s).flatten())
print("fusie wint:", auc > baseline_auc)
