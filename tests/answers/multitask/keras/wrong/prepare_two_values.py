"""prepare returns X and quality only; good is made in the loaders."""
# expect: labels not_three
# may fail: normalisation leakage batches mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    return X, rows["quality"].to_numpy(dtype="float32")
# %% loaders
train, test = split(wines)

X_train, y_train = prepare(train, train)
X_test, y_test = prepare(train, test)
train_data = tf.data.Dataset.from_tensor_slices(
    (X_train, {"quality": y_train, "good": (y_train >= 6).astype("float32")})
).shuffle(2000).batch(64)
test_data = tf.data.Dataset.from_tensor_slices(
    (X_test, {"quality": y_test, "good": (y_test >= 6).astype("float32")})
).batch(64)
# %% evaluate
predictions = model.predict(X_test, verbose=0)
mae = np.abs(predictions["quality"].ravel() - y_test).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (y_test >= 6))
