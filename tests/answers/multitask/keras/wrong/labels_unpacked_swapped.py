"""prepare's result is unpacked in the wrong order, so quality and good change places in the batches."""
# expect: batches labels_swapped
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, good, quality = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
