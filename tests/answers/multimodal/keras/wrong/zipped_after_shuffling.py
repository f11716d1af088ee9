"""Two data sets are shuffled on their own and zipped: table and name are of different people."""
# expect: batches misaligned
# may fail: modalities_used, auc, learns, reported
# %% loaders
train, test = split(passengers)


def make_dataset(rows, shuffle):
    structured, names, survived = prepare(train, rows)
    table = tf.data.Dataset.from_tensor_slices((structured, survived))
    text = tf.data.Dataset.from_tensor_slices(names)
    if shuffle:
        table, text = table.shuffle(1000, seed=1), text.shuffle(1000, seed=2)
    both = tf.data.Dataset.zip((table, text))
    return both.map(lambda t, n: ({"structured": t[0], "names": n}, t[1])).batch(64)


train_data, test_data = make_dataset(train, True), make_dataset(test, False)
