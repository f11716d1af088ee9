"""Predictions (n, 1) minus labels (n,): mae is the mean over a table of n by n."""
# expect: reported disagrees
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"] - quality).mean()
accuracy = np.mean((p["good"].ravel() > 0.5) == (good == 1))
