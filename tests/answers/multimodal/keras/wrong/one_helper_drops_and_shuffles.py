"""One helper for both parts: the test part is shuffled too and loses its last batch (two faults)."""
# expect: batches rows_lost
# expect: shuffle test_shuffled
# may fail: reported, comparison
# %% loaders
train, test = split(passengers)

BATCH_SIZE = 64
AUTOTUNE = tf.data.AUTOTUNE


def df_to_dataset(dataframe, batch_size=BATCH_SIZE):
    structured, names, labels = prepare(train, dataframe)
    ds = tf.data.Dataset.from_tensor_slices(({"structured": structured, "names": names}, labels))
    ds = ds.shuffle(buffer_size=len(dataframe))
    ds = ds.batch(batch_size, drop_remainder=True)
    return ds.prefetch(AUTOTUNE)


train_data = df_to_dataset(train)
test_data = df_to_dataset(test)
