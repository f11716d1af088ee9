"""The probability of dying is ranked: the AUC comes out upside down."""
# expect: reported inverted
# %% evaluate
model.eval()
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    p_survived = torch.sigmoid(model(s, n))
probabilities = torch.stack([p_survived, 1 - p_survived], dim=1)
auc = roc_auc_score(y, probabilities[:, 1])
accuracy = ((p_survived > 0.5) == (y == 1)).float().mean().item()
