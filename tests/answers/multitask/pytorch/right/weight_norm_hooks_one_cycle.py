"""Weight normalisation on every layer, one-cycle with a rate per group, and curves that come from forward hooks."""
# expect: full marks
# %% inspect
statistics = pd.DataFrame({
    col: {"gemiddelde": x.mean(), "std": x.std(ddof=0), "min": x.min(), "max": x.max(), "scheefheid": x.skew()}
    for col, x in wines.items()
}).T

scores = np.arange(wines.quality.min(), wines.quality.max() + 2) - 0.5
figure_quality = plt.figure(figsize=(5, 3))
ax = figure_quality.add_subplot()
ax.hist(wines.quality, bins=scores, rwidth=0.8, edgecolor="k")
ax.set_xlabel("score")

figure_good = plt.figure(figsize=(3, 3))
ax = figure_good.add_subplot()
share = np.full(len(wines), 1 / len(wines))
ax.hist((wines.quality >= 6).astype(int), bins=[-0.5, 0.5, 1.5], rwidth=0.6, weights=share)
ax.set_xticks([0, 1], ["slecht", "goed"])
ax.set_ylabel("aandeel");
# %% model
from torch.nn.utils.parametrizations import weight_norm


def wn(n_in, n_out):
    return weight_norm(nn.Linear(n_in, n_out))


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = wn(width, width), wn(width, width)

    def forward(self, x):
        return x + self.b(F.celu(self.a(x)))


class WNNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = wn(len(FEATURES), 48)
        self.block = Residual(48)
        self.dropout = nn.Dropout(p=0.2)
        self.quality_head = wn(48, 1)
        self.good_head = wn(48, 1)

    def forward(self, x):
        x = F.celu(self.stem(x))
        x = self.dropout(F.celu(self.block(x)))
        return self.quality_head(x).flatten(), self.good_head(x).flatten()


model = WNNet()
# %% loss
def multitask_loss(outputs, quality, good, w=0.5):
    pos_weight = torch.tensor(0.95)  # er zijn iets meer goede wijnen
    criterion = nn.BCEWithLogitsLoss(pos_weight=pos_weight)
    return torch.lerp(nn.functional.mse_loss(outputs[0], quality), criterion(outputs[1], good), w)
# %% train
groups = {"romp": [], "koppen": []}
for name, parameter in model.named_parameters():
    groups["koppen" if "head" in name else "romp"].append(parameter)
optimizer = torch.optim.AdamW([{"params": ps, "name": k} for k, ps in groups.items()], weight_decay=0.02)
EPOCHS = 60
scheduler = torch.optim.lr_scheduler.OneCycleLR(
    optimizer, max_lr=[6e-3, 1.2e-2], epochs=EPOCHS, steps_per_epoch=len(train_data), pct_start=0.25,
)

latest = {}


def remember(task):
    def hook(module, inputs, output):
        latest[task] = output.detach().flatten()
    return hook


handles = [model.quality_head.register_forward_hook(remember("quality")),
           model.good_head.register_forward_hook(remember("good"))]

curves = {"MSE": [], "BCE": []}
model.train()
for epoch in trange(EPOCHS):
    seen = []
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()  # leeg voor de volgende batch
        seen.append((F.mse_loss(latest["quality"], quality).item(),
                     F.binary_cross_entropy_with_logits(latest["good"], good).item()))
    for curve, value in zip(curves.values(), np.mean(seen, axis=0)):
        curve.append(value)

for handle in handles:
    handle.remove()
for label, curve in curves.items():
    plt.plot(curve, label=label)
plt.legend();
# %% evaluate
model.train(False)
outputs, targets = [], []
for X, *labels in test_data:
    with torch.no_grad():
        outputs.append(torch.stack(model(X)))
    targets.append(torch.stack(labels))
outputs, targets = torch.cat(outputs, dim=1), torch.cat(targets, dim=1)
mae = float((outputs[0] - targets[0]).abs().mean())
accuracy = float(((torch.sigmoid(outputs[1]) >= 0.5) == targets[1]).float().mean())
print(f"MAE = {mae:.3f}, acc = {accuracy:.3f}")
