"""The function is called `splitsen`, so `split` does not exist."""
# expect: split missing
# may fail: labels normalisation leakage batches mae accuracy
# %% prepare
def splitsen(df):
    return train_test_split(df, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
# %% loaders
train, test = splitsen(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
