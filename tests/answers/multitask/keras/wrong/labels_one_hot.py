"""good is one-hot encoded in the batches, two columns per wine."""
# expect: batches wrong_shape
# may fail: shuffle learns reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": keras.utils.to_categorical(good, 2)}))


train_data = make_dataset(train).shuffle(len(train), seed=SEED).batch(64)
test_data = make_dataset(test).batch(256)
# %% train
def enkel_goed(X, y):
    return X, {"quality": y["quality"], "good": y["good"][:, 1]}


history = model.fit(train_data.map(enkel_goed), epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"]);
