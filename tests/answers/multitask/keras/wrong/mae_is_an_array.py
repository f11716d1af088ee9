"""mae holds the absolute error of every wine."""
# expect: reported not_a_number
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"].ravel() - quality)
accuracy = np.mean((p["good"].ravel() > 0.5) == (good == 1))
