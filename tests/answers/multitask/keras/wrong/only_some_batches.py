"""A take(10) that was meant for trying out is still on the training data."""
# expect: batches rows_lost
# may fail: learns mae accuracy
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(32).take(10)
test_data = make_dataset(test).batch(256)
