"""Early: the two inputs are concatenated at once, one network behind them."""
# expect: full marks
# %% model
s, n, _ = prepare(train, train)
i1 = keras.Input(shape=s.shape[1:], name="structured")
i2 = keras.Input(shape=n.shape[1:], name="names")
h = layers.Concatenate()([i1, i2])
h = layers.Dense(32, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-3))(h)
h = layers.Dropout(0.3)(h)
y = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model([i1, i2], y)
fusion = "early"
# %% loaders
train, test = split(passengers)


def make(rows, training):
    s, n, y = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices(((s, n), y))
    if training:
        ds = ds.shuffle(len(rows), reshuffle_each_iteration=True)
    return ds.batch(32)


train_data, test_data = make(train, True), make(test, False)
# %% train
log = model.fit(train_data, epochs=25, verbose=2)
plt.plot(log.history["loss"])
# %% evaluate
s, n, y = prepare(train, test)
p = model.predict([s, n], verbose=0)[:, 0]
auc = roc_auc_score(y, p)
accuracy = ((p > 0.5) == y.astype(bool)).mean()
