"""Features and labels are shuffled separately before they are zipped."""
# expect: batches misaligned
# may fail: learns mae accuracy
# %% loaders
train, test = split(wines)

X, quality, good = prepare(train, train)
features = tf.data.Dataset.from_tensor_slices(X).shuffle(len(X))
labels = tf.data.Dataset.from_tensor_slices({"quality": quality, "good": good}).shuffle(len(X))
train_data = tf.data.Dataset.zip((features, labels)).batch(64)

X, quality, good = prepare(train, test)
test_data = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})).batch(64)
