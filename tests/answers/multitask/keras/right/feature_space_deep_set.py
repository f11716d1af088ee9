"""keras.utils.FeatureSpace in prepare; a shared sub-model called once per group of columns and summed (a deep set)."""
# expect: full marks
# %% prepare
def split(wines):
    gen = np.random.RandomState(SEED)
    mask = gen.rand(len(wines)) < 0.8
    return wines[mask].copy(), wines[~mask].copy()


def columns_as_tensors(frame):
    return {name: frame[name].to_numpy("float32").reshape(-1, 1) for name in FEATURES}


def prepare(train, rows):
    FS = keras.utils.FeatureSpace
    spec = {name: FS.float_normalized() for name in FEATURES}
    space = FS(features=spec, output_mode="concat")
    space.adapt(tf.data.Dataset.from_tensor_slices(columns_as_tensors(train)).batch(512))
    X = space(columns_as_tensors(rows))
    quality = tf.constant(rows["quality"].values, dtype=tf.float32)
    good = tf.cast(quality >= 6, tf.float32)
    return X, quality, good
# %% loaders
train, test = split(wines)

train_arrays = prepare(train, train)
test_arrays = prepare(train, test)
train_data = tf.data.Dataset.from_tensor_slices(train_arrays)
train_data = train_data.shuffle(buffer_size=4096).batch(50)
test_data = tf.data.Dataset.from_tensor_slices(test_arrays).batch(50)
# %% model
n = len(FEATURES)

# het gedeelde submodel ziet telkens een waarde en welke meting het is
token = keras.Input((1 + n,), name="value_and_id")
t = layers.Dense(48, activation="relu")(token)
t = layers.Dense(48, activation="relu")(t)
phi = keras.Model(token, t, name="phi")


class Tag(layers.Layer):
    """Puts the number of the column, as one-hot, next to its value."""

    def __init__(self, i, n, **kwargs):
        super().__init__(**kwargs)
        self.i, self.n = i, n

    def call(self, X):
        value = X[:, self.i:self.i + 1]
        ident = keras.ops.zeros_like(X) + keras.ops.one_hot(self.i, self.n)
        return keras.ops.concatenate([value, ident], axis=1)


X_in = keras.Input((n,), name="X")
pooled = layers.Add()([phi(Tag(i, n)(X_in)) for i in range(n)])
rho = layers.Dense(48, activation="relu", name="rho")(pooled)
rho = layers.Dropout(0.1)(rho)
model = keras.Model(
    X_in,
    {
        "quality": layers.Dense(1, activation="softplus", bias_initializer=keras.initializers.Constant(5.0))(rho),
        "good": layers.Dense(1, activation="sigmoid")(rho),
    },
)
# %% loss
adam = keras.optimizers.Adam(learning_rate=2e-3, clipnorm=1.0)
model.compile(
    adam,
    loss={
        "quality": keras.losses.MeanSquaredError(name="mse"),
        "good": keras.losses.BinaryCrossentropy(label_smoothing=0.02, name="bce"),
    },
    loss_weights={"quality": 1.0, "good": 1.5},
)
# %% train
def to_fit(X, quality, good):
    return X, {"quality": tf.expand_dims(quality, 1), "good": tf.expand_dims(good, 1)}


logs = keras.callbacks.History()
model.fit(train_data.map(to_fit), epochs=45, verbose=0, callbacks=[logs])
for name in ["quality_loss", "good_loss"]:
    plt.semilogy(logs.epoch, logs.history[name], label=name)
plt.legend();
# %% evaluate
X_te, q_te, g_te = test_arrays
out = model.predict(X_te, batch_size=1024, verbose=0)
mae = tf.reduce_mean(tf.abs(tf.squeeze(out["quality"]) - q_te))
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.squeeze(out["good"]) > 0.5, g_te > 0.5), tf.float32))
tf.print("mae", mae, "accuracy", accuracy)
