"""The baseline is the same network, fed with zeros for the names."""
# expect: baseline both_modalities
# may fail: comparison
# %% baseline
baseline_input = "structured"
baseline = model
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(s, torch.zeros_like(n)))
