"""The optimizer holds the weights of the trunk, not those of the heads."""
# expect: learns heads_not_moved
# may fail: mae accuracy
# %% train
optimizer = torch.optim.AdamW(model.trunk.parameters(), lr=3e-3, weight_decay=0.1)
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
