"""The root of the mean squared error is reported as mae."""
# expect: reported other_measure
# %% evaluate
from sklearn.metrics import accuracy_score, mean_squared_error

X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = mean_squared_error(quality, q.flatten()) ** 0.5
accuracy = accuracy_score(good, g.flatten() > 0)
