"""drop_remainder on the test data throws away the last wines."""
# expect: batches rows_lost
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(48, drop_remainder=True)
test_data = make_dataset(test).batch(48, drop_remainder=True)
