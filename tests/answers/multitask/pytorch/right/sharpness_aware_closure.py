"""Sharpness-aware minimisation: an optimizer class of one's own that calls a closure twice for every batch."""
# expect: full marks
# %% model
class ResMLP(nn.Module):
    def __init__(self, dim_in, dim=32, depth=2):
        super().__init__()
        self.stem = nn.Linear(dim_in, dim)
        self.blocks = nn.ModuleList([
            nn.Sequential(nn.Linear(dim, dim), nn.Hardswish(), nn.Linear(dim, dim)) for _ in range(depth)
        ])
        self.regressor = nn.Linear(dim, 1)
        self.classifier = nn.Sequential(nn.Linear(dim, 1), nn.Sigmoid())

    def forward(self, x):
        x = F.hardswish(self.stem(x))
        for block in self.blocks:
            x = x + block(x)
        return {"quality": self.regressor(x), "good": self.classifier(x)}


model = ResMLP(len(FEATURES))
# %% loss
mse_criterion = nn.MSELoss(reduction="none")
bce_criterion = nn.BCELoss(reduction="none")


def multitask_loss(outputs, quality, good, lam=0.35):
    quality = quality.unsqueeze(-1) if quality.ndim == 1 else quality
    good = good.unsqueeze(-1) if good.ndim == 1 else good
    per_wine = lam * mse_criterion(outputs["quality"], quality) + (1 - lam) * bce_criterion(outputs["good"], good)
    return per_wine.mean()
# %% train
class SAM(torch.optim.Optimizer):
    """Foret et al. (2021): climb to the worst point nearby, take the gradient there, step from where you were."""

    def __init__(self, params, base, rho=0.05, **kwargs):
        super().__init__(params, dict(rho=rho, **kwargs))
        self.base = base(self.param_groups, **kwargs)
        self.param_groups = self.base.param_groups

    @torch.no_grad()
    def step(self, closure):
        closure = torch.enable_grad()(closure)
        loss = closure()
        params = [p for group in self.param_groups for p in group["params"] if p.grad is not None]
        norm = torch.linalg.vector_norm(torch.stack([p.grad.norm() for p in params]))
        shifts = [self.param_groups[0]["rho"] * p.grad / (norm + 1e-12) for p in params]
        for p, shift in zip(params, shifts):
            p.add_(shift)
        closure()
        for p, shift in zip(params, shifts):
            p.sub_(shift)
        self.base.step()
        return loss


sam = SAM(model.parameters(), torch.optim.SGD, rho=0.05, lr=0.02, momentum=0.9, weight_decay=1e-3)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(sam.base, T_max=45)
history = {"mse": [], "bce": []}
for epoch in trange(45):
    model.train()
    for X, quality, good in train_data:
        def closure():
            sam.zero_grad()
            loss = multitask_loss(model(X), quality, good)
            loss.backward()
            return loss

        sam.step(closure)
    scheduler.step()
    with torch.no_grad():
        model.eval()
        X, quality, good = train_data.dataset.tensors
        out = model(X)
        history["mse"].append(mse_criterion(out["quality"][:, 0], quality).mean().item())
        history["bce"].append(bce_criterion(out["good"][:, 0], good).mean().item())

pd.DataFrame(history).plot(subplots=True)
plt.show()
# %% evaluate
model.eval()
with torch.no_grad():
    X, quality, good = (torch.cat(parts) for parts in zip(*test_data))
    out = model(X)
mae = nn.L1Loss()(out["quality"].squeeze(1), quality).item()
accuracy = torch.sum(torch.where(out["good"].squeeze(1) >= 0.5, 1.0, 0.0) == good).item() / len(good)
print(mae, accuracy)
