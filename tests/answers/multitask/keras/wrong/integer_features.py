"""The features are rounded to integers in the loaders."""
# expect: batches wrong_dtype
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    X = X.round().astype("int32")  # gehele getallen nemen minder plaats in
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
