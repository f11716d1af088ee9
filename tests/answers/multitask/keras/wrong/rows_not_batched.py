"""batch() is forgotten in the loaders, every element is a single wine."""
# expect: batches wrong_shape
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns reported mae accuracy
# %% loaders
train, test = split(wines)

X, quality, good = prepare(train, train)
train_data = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})).shuffle(len(X))
X, quality, good = prepare(train, test)
test_data = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))
# %% train
history = model.fit(train_data.batch(64), epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"]);
