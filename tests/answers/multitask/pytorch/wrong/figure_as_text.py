"""The MAE is text with a unit."""
# expect: reported not_a_number
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = f"{(q.flatten() - quality).abs().mean():.2f} punten"
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
