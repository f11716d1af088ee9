"""FiLM: a side layer scales and shifts the hidden units, a subclass with keras.ops, outputs of shape (n,), jit off."""
# expect: full marks
# %% prepare
from sklearn.preprocessing import RobustScaler
from keras import ops


def split(wines):
    rng = np.random.default_rng(8)
    volgorde = rng.permutation(len(wines))
    grens = int(0.8 * len(wines))
    return wines.iloc[volgorde[:grens]], wines.iloc[volgorde[grens:]]


def prepare(train, rows):
    rs = RobustScaler(quantile_range=(10, 90)).fit(train[FEATURES].to_numpy())
    X = np.tanh(rs.transform(rows[FEATURES].to_numpy()))
    quality = rows[["quality"]].to_numpy(np.float32)
    return X.astype(np.float32), quality, np.where(quality >= 6, 1.0, 0.0).astype(np.float32)
# %% model
class FiLMNet(keras.Model):
    def __init__(self, breedte=48):
        super().__init__(name="film_net")
        self.basis = layers.Dense(breedte)
        self.gamma_beta = layers.Dense(2 * breedte)
        self.mix = layers.Dense(breedte, activation="silu")
        self.drop = layers.Dropout(0.1)
        self.naar_score = layers.Dense(1)
        self.naar_good = layers.Dense(1)

    def call(self, x, training=None):
        h = self.basis(x)
        gamma, beta = ops.split(self.gamma_beta(x), 2, axis=-1)
        h = (1 + gamma) * h + beta
        h = self.drop(self.mix(h), training=training)
        score = 5.6 + ops.squeeze(self.naar_score(h), axis=-1)
        kans = ops.sigmoid(ops.squeeze(self.naar_good(h), axis=-1))
        return {"quality": score, "good": kans}


model = FiLMNet()
_ = model(ops.zeros((1, 11)))  # één keer oproepen, dan bestaan de gewichten
model.summary()
# %% loss
def mse(y, p):
    return ops.mean(ops.square(ops.reshape(y, (-1,)) - ops.reshape(p, (-1,))))


def bce(y, p):
    y, p = ops.reshape(y, (-1,)), ops.clip(ops.reshape(p, (-1,)), 1e-6, 1 - 1e-6)
    return -ops.mean(y * ops.log(p) + (1 - y) * ops.log(1 - p))


model.compile(
    optimizer=keras.optimizers.Nadam(1.5e-3),
    loss={"quality": mse, "good": bce},
    loss_weights={"quality": 1, "good": 1.5},
    jit_compile=False,
)
# %% train
h = model.fit(train_data, epochs=40, verbose=0).history
for naam in ("quality_loss", "good_loss"):
    plt.plot(h[naam], label=naam)
plt.legend();
# %% evaluate
fouten, juist = [], []
for x, y in test_data:
    p = model(x, training=False)
    fouten.append(ops.abs(p["quality"] - ops.reshape(y["quality"], (-1,))))
    juist.append(ops.equal(p["good"] >= 0.5, ops.reshape(y["good"], (-1,)) >= 0.5))
mae = ops.mean(ops.concatenate(fouten))
accuracy = ops.mean(ops.cast(ops.concatenate(juist), "float32"))
