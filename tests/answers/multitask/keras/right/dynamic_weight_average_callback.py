"""Dynamic weight averaging: a callback moves both loss weights, non-trainable variables, after every epoch."""
# expect: full marks
# %% inspect
statistics = wines.describe(percentiles=[0.5]).loc[["count", "mean", "std", "min", "50%", "max"]]
figure_quality = wines.quality.value_counts(normalize=True).sort_index().plot.bar(color="darkred").figure
plt.figure()
figure_good = (wines.quality >= 6).map({True: "ja", False: "nee"}).value_counts().plot.barh(title="goed?").figure
# %% model
class DWAModel(keras.Model):
    def __init__(self, n_hidden=(64, 32)):
        super().__init__()
        self.body = keras.Sequential([layers.Dense(n, activation="leaky_relu") for n in n_hidden], name="body")
        self.regressor = layers.Dense(1, name="regressor")
        self.classifier = layers.Dense(1, activation="sigmoid", name="classifier")
        # not trained by the optimizer, set by the callback
        self.task_weights = self.add_weight(shape=(2,), initializer="ones", trainable=False, name="task_weights")
        self.m_quality = keras.metrics.Mean(name="mse")
        self.m_good = keras.metrics.Mean(name="bce")

    def call(self, x):
        features = self.body(x)
        return {"quality": self.regressor(features), "good": self.classifier(features)}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **kwargs):
        mse = keras.losses.MeanSquaredError()(y["quality"][:, None], y_pred["quality"])
        bce = keras.losses.BinaryCrossentropy()(y["good"][:, None], y_pred["good"])
        self.m_quality.update_state(mse)
        self.m_good.update_state(bce)
        return keras.ops.sum(self.task_weights * keras.ops.stack([mse, bce]))


model = DWAModel()
model.build((None, len(FEATURES)))
# %% loss
class DynamicWeightAverage(keras.callbacks.Callback):
    """Liu et al. 2019: w_k = 2 * softmax(r_k / T), r_k = L_k(t-1) / L_k(t-2)."""

    def __init__(self, temperature=2.0):
        super().__init__()
        self.T = temperature
        self.seen, self.weights = [], []

    def on_epoch_end(self, epoch, logs):
        self.seen.append([logs["mse"], logs["bce"]])
        if len(self.seen) >= 2:
            ratio = np.divide(self.seen[-1], self.seen[-2])
            e = np.exp(ratio / self.T)
            self.model.task_weights.assign(2 * e / e.sum())
        self.weights.append(keras.ops.convert_to_numpy(self.model.task_weights))


model.compile(optimizer=keras.optimizers.AdamW(2e-3, weight_decay=0.2))
# %% train
dwa = DynamicWeightAverage()
log = model.fit(train_data, epochs=50, verbose=0, callbacks=[dwa])
f, (boven, onder) = plt.subplots(2, 1, sharex=True)
boven.plot(log.history["mse"], label="mse")
boven.plot(log.history["bce"], label="bce")
onder.plot(dwa.weights, label=["w quality", "w good"])
boven.legend(), onder.legend();
