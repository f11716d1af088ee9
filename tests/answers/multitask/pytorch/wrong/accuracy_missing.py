"""The accuracy has another name."""
# expect: reported missing
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
acc = ((g.flatten() > 0) == (good == 1)).float().mean().item()
print(mae, acc)
