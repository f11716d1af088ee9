"""The model returns a named tuple; train_step with GradientTape, run eagerly, after a scikit-learn pipeline."""
# expect: full marks
# %% prepare
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, PowerTransformer


def split(wines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return tuple(train_test_split(wines, train_size=0.8, random_state=12, stratify=wines.quality.clip(4, 7)))


def prepare(train: pd.DataFrame, rows: pd.DataFrame):
    pipe = make_pipeline(
        PowerTransformer(method="yeo-johnson"),
        PolynomialFeatures(degree=2, interaction_only=True, include_bias=False),
        StandardScaler(),
        FunctionTransformer(lambda a: np.clip(a, -5, 5)),
    )
    pipe.fit(train[FEATURES])
    X = pipe.transform(rows[FEATURES]).astype(np.float32)
    return X, rows.quality.astype(np.float32), (rows.quality > 5).astype(np.float32)
# %% loaders
train, test = split(wines)


def to_ds(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, quality.values, good.values))


train_data = to_ds(train).shuffle(len(train)).batch(128)
test_data = to_ds(test).batch(128)
# %% model
from typing import NamedTuple


class WineOutput(NamedTuple):
    quality: tf.Tensor
    good: tf.Tensor


class WineNet(keras.Model):
    LAMBDA = 1.5  # weight of the classification term, the regression term has 1.0

    def __init__(self, hidden: int = 48, p: float = 0.3):
        super().__init__()
        self.trunk = [
            layers.Dense(hidden, activation="relu"),
            layers.Dropout(p),
            layers.Dense(hidden, activation="relu"),
        ]
        self.q_head = layers.Dense(1, bias_initializer=keras.initializers.Constant(5.6))
        self.g_head = layers.Dense(1)

    def call(self, x, training=False) -> WineOutput:
        for layer in self.trunk:
            x = layer(x, training=training) if isinstance(layer, layers.Dropout) else layer(x)
        return WineOutput(self.q_head(x), self.g_head(x))

    def train_step(self, batch):
        x, quality, good = batch
        with tf.GradientTape() as tape:
            out = self(x, training=True)
            reg = tf.reduce_mean(tf.square(tf.squeeze(out.quality, 1) - quality))
            clf = tf.reduce_mean(
                tf.nn.sigmoid_cross_entropy_with_logits(labels=good[:, tf.newaxis], logits=out.good)
            )
            loss = reg + self.LAMBDA * clf
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return {"loss": loss, "reg": reg, "clf": clf}


model = WineNet()
model(tf.zeros((2, prepare(train, test)[0].shape[1])))
# %% loss
# eager is slower, but a breakpoint in train_step works
model.compile(optimizer=keras.optimizers.AdamW(2e-3, weight_decay=0.05), run_eagerly=True)
# %% train
h = model.fit(train_data, epochs=35, verbose=0).history
fig, ax = plt.subplots()
ax.plot(h["reg"], label="reg")
ax.plot(h["clf"], label="clf")
ax.legend()
plt.show()
# %% evaluate
X_eval, quality_eval, good_eval = prepare(train, test)
out = model(tf.constant(X_eval), training=False)
mae = float(np.abs(out.quality.numpy().ravel() - quality_eval.to_numpy()).mean())
accuracy = float(((out.good.numpy().ravel() > 0) == good_eval.to_numpy().astype(bool)).mean())
print(f"MAE {mae:.3f} | accuracy {accuracy:.3f}")
