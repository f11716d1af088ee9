"""The threshold for the logit is 0.5 instead of 0."""
# expect: reported disagrees
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0.5) == (good == 1)).float().mean().item()
