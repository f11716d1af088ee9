"""A Sequential that ends in Dense(2), trained with one loss on both columns."""
# expect: two_heads fused_head
# %% loaders
train, test = split(wines)


def make_ds(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, np.column_stack([quality, good])))


train_data = make_ds(train).shuffle(2000).batch(32)
test_data = make_ds(test).batch(64)
# %% model
model = keras.Sequential([
    layers.Input((len(FEATURES),)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(2),
])
# %% loss
def mse_plus_bce(y, p):
    mse = tf.reduce_mean((y[:, 0] - p[:, 0]) ** 2)
    bce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y[:, 1], logits=p[:, 1]))
    return 0.5 * mse + bce


model.compile(keras.optimizers.Adam(2e-3), loss=mse_plus_bce)
# %% train
h = model.fit(train_data, epochs=45, verbose=0)
plt.plot(h.history["loss"])
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p[:, 0] - quality).mean()
accuracy = np.mean((p[:, 1] > 0) == (good == 1))
