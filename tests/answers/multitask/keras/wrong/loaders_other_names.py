"""The datasets are called train_ds and test_ds."""
# expect: batches missing
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good}))


train_ds = make_dataset(train).shuffle(len(train)).batch(64)
test_ds = make_dataset(test).batch(64)
# %% train
history = model.fit(train_ds, epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"]);
