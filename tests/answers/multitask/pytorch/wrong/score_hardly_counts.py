"""The score counts for next to nothing in the loss, so after training with plain SGD the scores are far off."""
# expect: mae above_threshold
# may fail: learns
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs
    mse = F.mse_loss(q.reshape(-1), quality)
    bce = F.binary_cross_entropy_with_logits(g.reshape(-1), good)
    return 1e-4 * mse + bce
# %% train
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
losses = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
plt.plot(losses);
