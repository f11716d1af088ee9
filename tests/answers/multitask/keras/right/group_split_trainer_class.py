"""split keeps identical wines together, one dict per batch, a Trainer class with a tape loop that stops early."""
# expect: full marks
# %% prepare
from sklearn.model_selection import GroupShuffleSplit


def split(wines):
    # identieke metingen horen bij elkaar, anders zit dezelfde wijn in beide delen
    groep = wines.groupby(FEATURES, sort=False).ngroup()
    i_train, i_test = next(GroupShuffleSplit(n_splits=1, test_size=0.2, random_state=5).split(wines, groups=groep))
    return wines.iloc[i_train].copy(), wines.iloc[i_test].copy()


def prepare(train, rows):
    lo, hi = train[FEATURES].quantile(0.01), train[FEATURES].quantile(0.99)
    X = (rows[FEATURES].clip(lo, hi, axis="columns") - lo) / (hi - lo) * 4 - 2
    quality = tf.constant(rows["quality"].to_numpy(), dtype=tf.float32)
    good = tf.cast(quality >= 6.0, tf.int32)
    return tf.constant(X.to_numpy(), dtype=tf.float32), quality, good
# %% loaders
train, test = split(wines)
leer, val = train_test_split(train, test_size=0.15, random_state=1)


def dict_batches(deel, n, schud):
    X, quality, good = prepare(train, deel)
    d = tf.data.Dataset.from_tensor_slices({"X": X, "quality": quality, "good": good})
    return (d.shuffle(len(deel)) if schud else d).batch(n)


train_data = dict_batches(leer, 48, True)
val_data = dict_batches(val, 500, False)
test_data = dict_batches(test, 500, False)
# %% model
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = layers.Dense(64, "mish")
        self.l2 = layers.Dense(32, "mish")
        self.do = layers.GaussianDropout(0.1)
        self.quality_head = layers.Dense(1, name="quality_head")
        self.good_head = keras.Sequential([layers.Dense(16, "mish"), layers.Dense(1)], name="good_head")

    def call(self, X, training=False):
        h = self.l2(self.do(self.l1(X), training=training))
        return {"quality": self.quality_head(h), "good": self.good_head(h)}


model = Net()
model.build((None, 11))
# %% loss
GEWICHTEN = {"quality": 0.5, "good": 1.0}
mse_fn = keras.losses.MeanSquaredError()
bce_fn = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(2e-3)


def termen(uit, batch):
    q = tf.expand_dims(batch["quality"], 1)
    g = tf.expand_dims(tf.cast(batch["good"], tf.float32), 1)
    return mse_fn(q, uit["quality"]), bce_fn(g, uit["good"])

# geen compile nodig: de Trainer hieronder doet de stappen zelf
# %% train
class Trainer:
    def __init__(self, model, opt, geduld=12):
        self.model, self.opt, self.geduld = model, opt, geduld
        self.log = []

    @tf.function(reduce_retracing=True)
    def stap(self, batch):
        with tf.GradientTape() as t:
            mse, bce = termen(self.model(batch["X"], training=True), batch)
            loss = GEWICHTEN["quality"] * mse + GEWICHTEN["good"] * bce
        self.opt.apply_gradients(zip(t.gradient(loss, self.model.trainable_variables), self.model.trainable_variables))
        return mse, bce

    def meet(self, data):
        paren = [termen(self.model(b["X"], training=False), b) for b in data]
        return np.mean(np.array(paren, dtype=float), axis=0)

    def fit(self, data, val, epochs):
        beste, beste_w, wacht = np.inf, None, 0
        for _ in tqdm(range(epochs)):
            tr = np.mean([[float(v) for v in self.stap(b)] for b in data], axis=0)
            va = self.meet(val)
            self.log.append([*tr, *va])
            score = GEWICHTEN["quality"] * va[0] + GEWICHTEN["good"] * va[1]
            if score < beste:
                beste, beste_w, wacht = score, self.model.get_weights(), 0
            else:
                wacht += 1
                if wacht > self.geduld:
                    break
        self.model.set_weights(beste_w)


trainer = Trainer(model, opt)
trainer.fit(train_data, val_data, 80)
pd.DataFrame(trainer.log, columns=["mse", "bce", "val_mse", "val_bce"]).plot(logy=True);
# %% evaluate
m_abs = keras.metrics.MeanAbsoluteError()
m_acc = keras.metrics.BinaryAccuracy(threshold=0.0)
for b in test_data:
    u = model(b["X"], training=False)
    m_abs.update_state(b["quality"][:, None], u["quality"])
    m_acc.update_state(b["good"][:, None], u["good"])
mae, accuracy = float(m_abs.result()), float(m_acc.result())
