"""Probabilities are cut to whole numbers, so hardly any wine is predicted to be good."""
# expect: reported disagrees
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"].ravel() - quality).mean()
accuracy = np.mean(p["good"].ravel().astype(int) == good)
