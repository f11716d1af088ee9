"""The training data is batched but not shuffled."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})).batch(64)


train_data = make_dataset(train)
test_data = make_dataset(test)
