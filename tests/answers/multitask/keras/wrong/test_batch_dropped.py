"""drop_remainder with a batch larger than the test part: test_data is empty."""
# expect: batches empty
# may fail: shuffle reported
# %% loaders
train, test = split(wines)


def dataset(rows, batch, schudden):
    X, quality, good = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))
    if schudden:
        ds = ds.shuffle(len(rows))
    return ds.batch(batch, drop_remainder=True)


train_data = dataset(train, 64, True)
test_data = dataset(test, 512, False)
