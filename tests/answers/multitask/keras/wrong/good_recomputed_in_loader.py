"""The loaders compute good again, from 7 on, and ignore the one of prepare."""
# expect: batches labels_wrong
# may fail: accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, _ = prepare(train, rows)
    good = (quality > 6).astype("float32")
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
