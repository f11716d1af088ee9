"""train_data is made of all wines, the test part included."""
# expect: batches test_rows_in_training
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(wines).shuffle(len(wines), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
