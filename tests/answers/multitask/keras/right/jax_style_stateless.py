"""Someone who comes from JAX: stateless_call and an Adam of pure functions, the weights assigned at the end."""
# expect: full marks
# %% loaders
train, test = split(wines)
rng = np.random.default_rng(0)


class Batches:
    """Re-iterable: (X, quality, good) per batch, with a new permutation on every pass when rng is given."""

    def __init__(self, arrays, batch_size, rng=None):
        self.arrays = arrays
        self.batch_size = batch_size
        self.rng = rng

    def __len__(self):
        return -(-len(self.arrays[0]) // self.batch_size)

    def __iter__(self):
        n = len(self.arrays[0])
        order = np.arange(n) if self.rng is None else self.rng.permutation(n)
        for start in range(0, n, self.batch_size):
            idx = order[start:start + self.batch_size]
            yield tuple(a[idx] for a in self.arrays)


train_data = Batches(prepare(train, train), 64, rng)
test_data = Batches(prepare(train, test), 256)
# %% model
def trunk(x):
    for width in (64, 32):
        x = layers.Dense(width, activation="silu")(x)
        x = layers.LayerNormalization()(x)
    return x


x = keras.Input((len(FEATURES),))
shared = trunk(x)
model = keras.Model(x, [layers.Dense(1)(shared), layers.Dense(1)(shared)])
# %% loss
from keras import ops

W_QUALITY, W_GOOD = 0.5, 1.0


def loss_fn(params, state, X, quality, good):
    (q, logit), state = model.stateless_call(params, state, X, training=True)
    q, logit = ops.squeeze(q, -1), ops.squeeze(logit, -1)
    mse = ops.mean(ops.square(q - quality))
    bce = ops.mean(ops.softplus(logit) - good * logit)  # = sigmoid cross entropy
    return W_QUALITY * mse + W_GOOD * bce, (mse, bce, state)


# Keras has no stateless_apply on TensorFlow, so Adam as two pure functions (init, update), like optax
def adam_init(params):
    zeros = [tf.zeros_like(p) for p in params]
    return tf.zeros(()), zeros, zeros


def adam_update(grads, opt_state, params, lr=2e-3, b1=0.9, b2=0.999, eps=1e-8, decay=1e-4):
    t, m, v = opt_state
    t = t + 1.0
    m = [b1 * m_ + (1 - b1) * g for m_, g in zip(m, grads)]
    v = [b2 * v_ + (1 - b2) * g ** 2 for v_, g in zip(v, grads)]
    scale = lr * tf.sqrt(1 - b2 ** t) / (1 - b1 ** t)
    params = [p - scale * m_ / (tf.sqrt(v_) + eps) - decay * p for p, m_, v_ in zip(params, m, v)]
    return params, (t, m, v)


@tf.function(reduce_retracing=True)
def update(params, state, opt_state, X, quality, good):
    with tf.GradientTape() as tape:
        tape.watch(params)
        loss, (mse, bce, state) = loss_fn(params, state, X, quality, good)
    params, opt_state = adam_update(tape.gradient(loss, params), opt_state, params)
    return params, state, opt_state, mse, bce
# %% train
params = [tf.convert_to_tensor(v) for v in model.trainable_variables]
state = [tf.convert_to_tensor(v) for v in model.non_trainable_variables]
opt_state = adam_init(params)

trace = []
for epoch in tqdm(range(40)):
    per_batch = []
    for X, quality, good in train_data:
        params, state, opt_state, mse, bce = update(params, state, opt_state, X, quality, good)
        per_batch.append((float(mse), float(bce)))
    trace.append(np.mean(per_batch, axis=0))

for variable, value in zip(model.trainable_variables, params):
    variable.assign(value)
plt.plot(np.array(trace), label=["mse", "bce"])
plt.legend();
# %% evaluate
X, quality, good = prepare(train, test)
q_hat, logit_hat = model.predict_on_batch(X)
mae = np.mean(np.abs(q_hat[:, 0] - quality))
accuracy = np.mean((logit_hat[:, 0] >= 0) == good)
print(mae, accuracy)
