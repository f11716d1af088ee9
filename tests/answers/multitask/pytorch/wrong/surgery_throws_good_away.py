"""Gradient surgery that puts the first task's gradient back twice: the second one never reaches a weight."""
# expect: learns one_task_only
# may fail: accuracy
# %% loss
def losses_of(outputs, quality, good):
    return (F.mse_loss(outputs[0].squeeze(-1), quality),
            F.binary_cross_entropy_with_logits(outputs[1].squeeze(-1), good))


def multitask_loss(outputs, quality, good):
    mse, bce = losses_of(outputs, quality, good)
    return mse + bce
# %% train
parameters = list(model.parameters())
optimizer = torch.optim.Adam(parameters, lr=3e-3)
curve = []
for epoch in range(60):
    model.train()
    for X, quality, good in train_data:
        losses = losses_of(model(X), quality, good)
        grads = [torch.autograd.grad(one, parameters, retain_graph=True, allow_unused=True) for one in losses]
        for p, g1, g2 in zip(parameters, grads[0], grads[0]):
            pieces = [g for g in (g1, g2) if g is not None]
            p.grad = sum(pieces) / 2 if pieces else None
        optimizer.step()
    curve.append(losses[0].item())
plt.plot(curve)
plt.show()
