"""The optimizer holds the weights of the heads, not those of the trunk."""
# expect: learns trunk_not_moved
# may fail: mae accuracy
# %% train
optimizer = torch.optim.Adam([*model.quality.parameters(), *model.good.parameters()], lr=5e-3)
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
