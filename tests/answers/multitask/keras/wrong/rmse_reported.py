"""The root of the mean squared error is reported as mae."""
# expect: reported other_measure
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.sqrt(np.mean((p["quality"].ravel() - quality) ** 2))
accuracy = np.mean((p["good"].ravel() > 0.5) == (good == 1))
