"""The test rows go through the model every epoch with gradients on, even backwards, but no step follows from them."""
# expect: full marks
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
curve, sensitivity = [], []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    for X, quality, good in test_data:  # no_grad vergeten, maar er volgt geen stap
        curve.append(multitask_loss(model(X), quality, good).item())
    X, quality, good = next(iter(test_data))
    X = X.clone().requires_grad_()
    multitask_loss(model(X), quality, good).backward()
    sensitivity.append(X.grad.abs().mean(dim=0))
    optimizer.zero_grad()

plt.plot(curve)
plt.plot(torch.stack(sensitivity));
