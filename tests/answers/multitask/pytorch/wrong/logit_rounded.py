"""The logit is rounded as if it were a probability."""
# expect: reported disagrees
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = (torch.round(g.flatten()) == good).float().mean().item()
