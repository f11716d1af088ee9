"""The figures are printed but never given the names of the contract."""
# expect: reported missing
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
print("MAE:", np.abs(p["quality"].ravel() - quality).mean())
print("accuracy:", np.mean((p["good"].ravel() > 0.5) == (good == 1)))
