"""The learning rate is so large that the weights become NaN."""
# expect: learns diverged
# may fail: mae accuracy reported
# %% train
optimizer = torch.optim.SGD(model.parameters(), lr=5.0)
losses = []
for epoch in trange(10):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
plt.plot(losses)
plt.show()
