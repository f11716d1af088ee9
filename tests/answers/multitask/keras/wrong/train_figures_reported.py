"""mae and accuracy are computed on the training part."""
# expect: reported on_training_rows
# %% train
history = model.fit(train_data, epochs=110, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"])
# %% evaluate
X, quality, good = prepare(train, train)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"].ravel() - quality).mean()
accuracy = np.mean((p["good"].ravel() > 0.5) == (good == 1))
