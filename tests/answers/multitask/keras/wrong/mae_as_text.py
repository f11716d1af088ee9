"""mae is a formatted text instead of a number."""
# expect: reported not_a_number
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = f"{np.abs(p['quality'].ravel() - quality).mean():.2f} punten"
accuracy = np.mean((p["good"].ravel() > 0.5) == (good == 1))
