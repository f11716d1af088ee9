"""Somebody who thinks in pandas: chains with pipe and assign, batches out of a shuffled frame, figures from .plot."""
# expect: full marks
# %% inspect
statistics = wines.agg(["count", "mean", "std", "min", "median", "max"])

figure_quality = (
    wines.groupby("quality").size()
    .plot.bar(title="aantal wijnen per score", rot=0, color="darkred", ax=plt.figure().gca())
)
figure_good = (
    wines.eval("quality >= 6")
    .map({False: "slecht", True: "goed"})
    .value_counts()
    .plot.bar(title="slecht of goed?", rot=0, color=["green", "grey"], ax=plt.figure().gca())
)
statistics.style.format(precision=2)
# %% prepare
def split(wines):
    train = wines.groupby("quality", group_keys=False).sample(frac=0.8, random_state=7)
    test = wines.drop(index=train.index)
    return train.sort_index(), test


def _ratios(df):
    return df.assign(
        free_share=lambda d: d["free_sulfur_dioxide"] / (d["total_sulfur_dioxide"] + 1),
        acid_ratio=lambda d: d["volatile_acidity"] / (d["fixed_acidity"] + 1),
    )


def _measurements(df):
    return df.loc[:, FEATURES].astype(float).pipe(_ratios)


def prepare(train, rows):
    ref = _measurements(train)
    low, high = ref.quantile(0.005), ref.quantile(0.995)
    ref = ref.clip(low, high, axis=1)
    X = (
        rows.pipe(_measurements)
        .clip(low, high, axis=1)
        .sub(ref.mean())
        .div(ref.std())
    )
    return X, rows["quality"], rows["quality"].ge(6).astype(int)
# %% loaders
train, test = split(wines)


class FrameBatches:
    """Batches uit een DataFrame; `shuffle` neemt bij elke doorgang een nieuwe .sample(frac=1)."""

    def __init__(self, X, quality, good, size, shuffle=False):
        self.frame = X.assign(quality=quality, good=good).astype("float32")
        self.size, self.shuffle = size, shuffle

    def __len__(self):
        return -(-len(self.frame) // self.size)

    def __iter__(self):
        frame = self.frame.sample(frac=1) if self.shuffle else self.frame
        for _, part in frame.groupby(np.arange(len(frame)) // self.size):
            labels = part[["quality", "good"]]
            yield (
                torch.tensor(part.drop(columns=labels.columns).to_numpy()),
                {name: torch.tensor(column.to_numpy()) for name, column in labels.items()},
            )


train_data = FrameBatches(*prepare(train, train), size=64, shuffle=True)
test_data = FrameBatches(*prepare(train, test), size=64)
# %% model
class WineNet(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc1 = nn.Linear(n, 64)
        self.fc2 = nn.Linear(64, 32)
        self.drop = nn.Dropout(0.15)
        self.out_quality = nn.Linear(32, 1)
        self.out_good = nn.Linear(32, 1)

    def forward(self, X):
        X = self.drop(F.leaky_relu(self.fc1(X)))
        X = F.leaky_relu(self.fc2(X))
        return {"quality": self.out_quality(X)[:, 0], "good": self.out_good(X)[:, 0]}


model = WineNet(train_data.frame.shape[1] - 2)
# %% loss
def multitask_loss(outputs, quality, good):
    terms = pd.Series({
        "mse": F.mse_loss(outputs["quality"], quality.flatten()),
        "bce": F.binary_cross_entropy_with_logits(outputs["good"], good.flatten()),
    })
    weights = pd.Series({"mse": 0.6, "bce": 1.0})
    return sum(weights[name] * terms[name] for name in terms.index)
# %% train
opt = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.2)
log = []
for epoch in trange(60):
    model.train()
    for X, y in train_data:
        out = model(X)
        opt.zero_grad()
        multitask_loss(out, **y).backward()
        opt.step()
        log.append({
            "epoch": epoch,
            "mse": F.mse_loss(out["quality"], y["quality"]).item(),
            "bce": F.binary_cross_entropy_with_logits(out["good"], y["good"]).item(),
        })
pd.DataFrame(log).groupby("epoch").mean().plot(subplots=True);
# %% evaluate
model.eval()
with torch.no_grad():
    result = pd.concat([
        pd.DataFrame({**y, "score": out["quality"], "logit": out["good"]})
        for X, y in test_data for out in [model(X)]
    ], ignore_index=True)
mae = result.eval("abs(score - quality)").mean()
accuracy = result.eval("(logit > 0) == (good == 1)").mean()
print(mae, accuracy, result.groupby("quality")["score"].mean().round(2), sep="\n")
