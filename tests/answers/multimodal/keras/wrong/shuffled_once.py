"""reshuffle_each_iteration=False: every epoch has the same order."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(passengers)


def make_dataset(rows):
    s, n, y = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices(({"structured": s, "names": n}, y))


train_data = make_dataset(train).shuffle(2000, seed=SEED, reshuffle_each_iteration=False).batch(64)
test_data = make_dataset(test).batch(64)
