"""The gradients are never set to zero, so those of all batches add up."""
# expect: learns zero_grad
# may fail: mae accuracy
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = multitask_loss
losses = []
for epoch in trange(40):
    model.train()
    running = 0.0
    for X, quality, good in train_data:
        outputs = model(X)
        loss = criterion(outputs, quality, good)
        loss.backward()
        optimizer.step()
        running += loss.item()
    losses.append(running / len(train_data))
plt.plot(losses);
