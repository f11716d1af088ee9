"""The same helper shuffles both parts."""
# expect: shuffle test_shuffled
# %% loaders
train, test = split(passengers)


def make_dataset(rows):
    s, n, y = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices(({"structured": s, "names": n}, y)).shuffle(len(rows)).batch(64)


train_data, test_data = make_dataset(train), make_dataset(test)
