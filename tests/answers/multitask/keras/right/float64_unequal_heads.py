"""Everything in float64 by a dtype policy; the head for quality is one layer, the head for good has three."""
# expect: full marks
# %% prepare
def split(wines):
    """Shuffle, then cut: 4/5 and 1/5."""
    shuffled = wines.sample(frac=1.0, random_state=SEED)
    n_test = len(wines) // 5
    return shuffled.iloc[n_test:], shuffled.iloc[:n_test]


def prepare(train, rows):
    T = train[FEATURES].values.astype(np.float64)
    R = rows[FEATURES].values.astype(np.float64)
    mu, sigma = T.mean(axis=0), T.std(axis=0, ddof=1)
    quality = rows["quality"].values.astype(np.float64)
    return (R - mu) / sigma, quality, (quality >= 6).astype(np.float64)
# %% model
policy = keras.DTypePolicy("float64")
kw = dict(dtype=policy)

x = keras.Input(shape=(11,), dtype="float64")
t = layers.Dense(64, **kw)(x)
t = layers.LayerNormalization(**kw)(t)
t = layers.Activation("elu", **kw)(t)
t = layers.Dropout(0.15, **kw)(t)
t = layers.Dense(32, activation="elu", **kw)(t)

# quality: plain linear read-out
quality = layers.Dense(1, name="quality", **kw)(t)

# good: deeper, it has to bend the boundary
g = layers.Dense(24, activation="elu", **kw)(t)
g = layers.Dropout(0.1, **kw)(g)
g = layers.Dense(12, activation="elu", **kw)(g)
good = layers.Dense(1, name="good", **kw)(g)

model = keras.Model(x, {"quality": quality, "good": good}, dtype=policy)
# %% loss
def mse64(y_true, y_pred):
    y_true = tf.cast(y_true, tf.float64)
    return tf.reduce_mean(tf.math.squared_difference(tf.cast(y_pred, tf.float64), y_true), axis=-1)


def bce64(y_true, y_pred):
    y_true = tf.cast(y_true, tf.float64)
    ce = tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=tf.cast(y_pred, tf.float64))
    return tf.reduce_mean(ce, axis=-1)


model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=2e-3),
    loss={"quality": mse64, "good": bce64},
    loss_weights={"quality": 0.5, "good": 1.0},
)
# %% train
log = model.fit(train_data, epochs=45, verbose=0, callbacks=[keras.callbacks.TerminateOnNaN()]).history
fig, ax = plt.subplots()
ax.plot(log["quality_loss"], "-", log["good_loss"], "--")
ax.legend(["quality", "good"])
# %% evaluate
X64, y64, g64 = prepare(train, test)
pred = model.predict(X64, verbose=0)
mae = np.mean(np.abs(pred["quality"][:, 0] - y64))
accuracy = np.mean((pred["good"][:, 0] >= 0) == (g64 == 1))
