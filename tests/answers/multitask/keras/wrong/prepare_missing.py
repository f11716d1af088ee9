"""prepare has another name; the loaders use that one."""
# expect: labels missing
# may fail: normalisation leakage batches mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def voorbereiden(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = voorbereiden(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
# %% evaluate
X, quality, good = voorbereiden(train, test)
predictions = model.predict(X, batch_size=256, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (good == 1))
