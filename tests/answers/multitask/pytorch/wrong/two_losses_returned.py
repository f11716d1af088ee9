"""The loss function returns both losses; the training loop adds them."""
# expect: regression_term not_scalar
# may fail: classification_term weights
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs
    mse = F.mse_loss(q.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(g.flatten(), good)
    return mse, bce
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
curve = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        mse, bce = multitask_loss(model(X), quality, good)
        (mse + bce).backward()
        optimizer.step()
    curve.append((mse.item(), bce.item()))
plt.plot(curve);
