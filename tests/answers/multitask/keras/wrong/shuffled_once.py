"""The training data is shuffled once and then cached: every epoch has the same order."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), reshuffle_each_iteration=False).batch(64)
test_data = make_dataset(test).batch(64)
