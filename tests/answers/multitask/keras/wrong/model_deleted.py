"""The train cell trains a copy and deletes the name `model` to save memory."""
# expect: learns missing
# may fail: regression_term classification_term weights mae accuracy reported
# %% train
getraind = model
history = getraind.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"])
del model
# %% evaluate
X, quality, good = prepare(train, test)
predictions = getraind.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (good == 1))
