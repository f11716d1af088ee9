"""accuracy is computed from the predicted score, not with the output good."""
# expect: reported from_regression
# %% evaluate
model.eval()
juist, fout, n = 0, 0.0, 0
with torch.no_grad():
    for X, quality, good in test_data:
        q, _ = model(X)
        q = q.squeeze(1)
        fout += (q - quality).abs().sum().item()
        juist += ((q >= 6).float() == good).sum().item()
        n += len(X)
mae, accuracy = fout / n, juist / n
