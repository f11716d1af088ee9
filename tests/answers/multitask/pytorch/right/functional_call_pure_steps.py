"""Someone who knows JAX: pure functions, torch.func for the gradient and Adam by hand on a dict of parameters."""
# expect: full marks
# %% prepare
def split(wines):
    key = np.random.default_rng(0)
    mask = key.random(len(wines)) < 0.2
    return wines[~mask], wines[mask]


def prepare(train, rows):
    table = train[FEATURES].to_numpy()
    low, high = np.percentile(table, [1, 99], axis=0)
    x = (rows[FEATURES].to_numpy() - low) / (high - low) * 2 - 1
    y = rows["quality"].to_numpy()
    return jnp_like(x), jnp_like(y), jnp_like(y >= 6)


def jnp_like(array):
    return torch.tensor(array, dtype=torch.float32)
# %% loaders
train, test = split(wines)
train_data = DataLoader(TensorDataset(*prepare(train, train)), batch_size=80, shuffle=True, drop_last=True)
test_data = DataLoader(TensorDataset(*prepare(train, test)), batch_size=80)
# %% model
class Net(nn.Module):
    features: tuple = (64, 32)

    def __init__(self, n_in):
        super().__init__()
        a, b = self.features
        self.dense_0, self.dense_1 = nn.Linear(n_in, a), nn.Linear(a, b)
        self.dense_quality, self.dense_good = nn.Linear(b, 1), nn.Linear(b, 1)

    def forward(self, x):
        x = F.mish(self.dense_0(x))
        x = F.mish(self.dense_1(x))
        return dict(quality=self.dense_quality(x)[..., 0], good=self.dense_good(x)[..., 0])


model = Net(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    l2 = torch.square(outputs["quality"] - quality.reshape(-1)).mean()
    xent = torch.logaddexp(torch.zeros_like(outputs["good"]), outputs["good"]) - good.reshape(-1) * outputs["good"]
    return l2 + xent.mean()
# %% train
from torch.func import functional_call, grad_and_value


def loss_fn(params, x, quality, good):
    outputs = functional_call(model, params, (x,))
    aux = (torch.square(outputs["quality"] - quality).mean(),
           F.binary_cross_entropy_with_logits(outputs["good"], good))
    return multitask_loss(outputs, quality, good), aux


def tree_map(f, *trees):
    return {key: f(*(tree[key] for tree in trees)) for key in trees[0]}


def adamw(lr, b1=0.9, b2=0.999, eps=1e-8, decay=0.1):
    def init(params):
        return 0, tree_map(torch.zeros_like, params), tree_map(torch.zeros_like, params)

    def update(grads, state, params):
        t, m, v = state
        t = t + 1
        m = tree_map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
        v = tree_map(lambda v, g: b2 * v + (1 - b2) * g * g, v, grads)
        scale_m, scale_v = 1 / (1 - b1 ** t), 1 / (1 - b2 ** t)
        new = tree_map(
            lambda p, m, v: p - lr * (m * scale_m / (torch.sqrt(v * scale_v) + eps) + decay * p), params, m, v
        )
        return new, (t, m, v)

    return init, update


init, update = adamw(lr=6e-3)
params = {name: p.detach().clone() for name, p in model.named_parameters()}
state = init(params)
grad_fn = grad_and_value(loss_fn, has_aux=True)

metrics = []
model.train()
for epoch in trange(60):
    batch_metrics = []
    for x, quality, good in train_data:
        grads, (value, aux) = grad_fn(params, x, quality, good)
        params, state = update(grads, state, params)
        batch_metrics.append([float(a) for a in aux])
    metrics.append(np.mean(batch_metrics, axis=0))

# de module zelf krijgt de eindstand
with torch.no_grad():
    for name, p in model.named_parameters():
        p.copy_(params[name])

plt.plot(np.stack(metrics), label=["l2", "xent"])
plt.legend();
# %% evaluate
def predict(x):
    model.eval()
    with torch.no_grad():
        return model(x)


totals = tree_map(lambda _: 0.0, {"abs": None, "hit": None})
for x, quality, good in test_data:
    out = predict(x)
    totals["abs"] += float(torch.abs(out["quality"] - quality).sum())
    totals["hit"] += float(((out["good"] > 0) == good.bool()).sum())
mae, accuracy = (totals[key] / len(test) for key in ("abs", "hit"))
print(mae, accuracy)
