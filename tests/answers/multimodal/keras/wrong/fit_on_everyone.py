"""train_data holds all passengers."""
# expect: batches test_rows_in_training
# may fail: learns, reported
# %% loaders
train, test = split(passengers)


def make_dataset(rows):
    structured, names, survived = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices(({"structured": structured, "names": names}, survived))


train_data = make_dataset(passengers).shuffle(len(passengers)).batch(64)
test_data = make_dataset(test).batch(64)
