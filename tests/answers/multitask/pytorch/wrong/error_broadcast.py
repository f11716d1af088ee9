"""The MAE is computed with (n, 1) against (n,), so every wine is compared with every label."""
# expect: reported disagrees
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q - quality).abs().mean().item()
accuracy = ((g.squeeze(1) > 0) == (good == 1)).float().mean().item()
