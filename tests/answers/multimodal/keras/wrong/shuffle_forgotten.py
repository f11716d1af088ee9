"""Batches without shuffling, and fit cannot shuffle a data set."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(passengers)


def make_dataset(rows):
    structured, names, survived = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices(({"structured": structured, "names": names}, survived)).batch(64)


train_data, test_data = make_dataset(train), make_dataset(test)
