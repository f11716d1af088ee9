"""prepare returns X and one array of labels instead of X, quality and good."""
# expect: labels not_three
# may fail: normalisation leakage batches mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    y = np.stack([rows["quality"], rows["quality"] >= 6], axis=1).astype("float32")
    return X, y
# %% loaders
train, test = split(wines)

X_train, y_train = prepare(train, train)
X_test, y_test = prepare(train, test)
train_data = tf.data.Dataset.from_tensor_slices(
    (X_train, {"quality": y_train[:, 0], "good": y_train[:, 1]})
).shuffle(2000).batch(64)
test_data = tf.data.Dataset.from_tensor_slices((X_test, {"quality": y_test[:, 0], "good": y_test[:, 1]})).batch(64)
# %% evaluate
predictions = model.predict(X_test, verbose=0)
mae = np.abs(predictions["quality"].ravel() - y_test[:, 0]).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (y_test[:, 1] == 1))
