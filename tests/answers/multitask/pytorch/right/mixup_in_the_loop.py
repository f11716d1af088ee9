"""Mixup: every batch is blended with itself in another order, and the loss of both labels is blended alike."""
# expect: full marks
# %% train
def mixup(X, alpha=0.2):
    lam = float(np.random.beta(alpha, alpha))
    perm = torch.randperm(X.size(0))
    return lam * X + (1 - lam) * X[perm], perm, lam


opt = torch.optim.Adam(model.parameters(), lr=2e-3)
losses = []
for epoch in trange(60):
    model.train()
    total = 0.
    for X, q, g in train_data:
        mixed, perm, lam = mixup(X)
        out = model(mixed)
        loss = lam * multitask_loss(out, q, g) + (1 - lam) * multitask_loss(out, q[perm], g[perm])
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    losses.append(total / len(train_data))
plt.plot(losses)
plt.title("mixup loss")
plt.show()
