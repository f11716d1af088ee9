"""Two mistakes: train_data is never shuffled, and accuracy compares the predicted score with 6."""
# expect: shuffle train_not_shuffled
# expect: reported from_regression
# may fail: mae accuracy
# %% loaders
train, test = split(wines)


def dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})).batch(64)


train_data, test_data = dataset(train), dataset(test)
# %% loss
model.compile("adam", {"quality": "mse", "good": "binary_crossentropy"}, loss_weights={"quality": 0.1, "good": 1})
# %% train
history = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
score = model.predict(X, verbose=0)["quality"].flatten()
mae = float(np.abs(score - quality).mean())
accuracy = float(((score > 6) == good).mean())
