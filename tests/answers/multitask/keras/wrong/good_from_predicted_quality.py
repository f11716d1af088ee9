"""accuracy compares the predicted score with 6, and does not use the output good."""
# expect: reported from_regression
# %% evaluate
X, quality, good = prepare(train, test)
voorspeld = model.predict(X, verbose=0)["quality"].ravel()
mae = np.mean(np.abs(voorspeld - quality))
accuracy = np.mean((voorspeld >= 6) == (good == 1))
