"""zero_grad is called once per epoch, outside the loop over batches; plain SGD."""
# expect: learns zero_grad
# may fail: mae accuracy
# %% train
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
for epoch in trange(60):
    model.train()
    optimizer.zero_grad()
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
