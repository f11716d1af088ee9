"""No layers at all: weights are parameters made by hand and the forward pass is written with matrix products."""
# expect: full marks
# %% model
def he(n_in, n_out):
    return nn.Parameter(torch.randn(n_in, n_out) * (2 / n_in) ** 0.5)


class Handmade(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.W1, self.b1 = he(n_in, 64), nn.Parameter(torch.zeros(64))
        self.W2, self.b2 = he(64, 32), nn.Parameter(torch.zeros(32))
        self.Wq, self.bq = he(32, 1), nn.Parameter(torch.full((1,), 5.5))
        self.Wg, self.bg = he(32, 1), nn.Parameter(torch.zeros(1))

    def forward(self, X):
        h = (X @ self.W1 + self.b1).clamp(min=0)
        h = (h @ self.W2 + self.b2).clamp(min=0)
        return h @ self.Wq + self.bq, h @ self.Wg + self.bg


model = Handmade(11)
# %% loss
def multitask_loss(outputs, quality, good):
    q, z = (o.reshape(-1) for o in outputs)
    mse = ((q - quality) ** 2).mean()
    # BCE rechtstreeks uit de logit, numeriek stabiel
    bce = (F.softplus(z) - z * good).mean()
    return mse + bce
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
verloop = []
for epoch in trange(50, leave=False):
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        for p in model.parameters():
            p.grad = None
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        q, z = model(X)
        verloop.append([F.mse_loss(q.flatten(), quality).item(), F.binary_cross_entropy_with_logits(z.flatten(), good).item()])
plt.plot(verloop);
