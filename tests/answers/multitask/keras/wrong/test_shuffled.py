"""Both datasets are shuffled, the test data too."""
# expect: shuffle test_shuffled
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))
    return ds.shuffle(len(rows)).batch(64)


train_data, test_data = make_dataset(train), make_dataset(test)
