"""One epoch with a small learning rate."""
# expect: learns too_few_epochs
# may fail: mae accuracy
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
model.train()
for X, quality, good in tqdm(train_data):
    optimizer.zero_grad()
    multitask_loss(model(X), quality, good).backward()
    optimizer.step()
