"""Plain arrays, and fit with shuffle=False."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)
train_data = prepare(train, train)
test_data = prepare(train, test)
# %% train
X, quality, good = train_data
history = model.fit(
    X, {"quality": quality, "good": good}, batch_size=64, epochs=60, shuffle=False, verbose=0
).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"]);
