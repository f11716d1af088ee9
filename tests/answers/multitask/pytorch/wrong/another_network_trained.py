"""The optimizer holds a second network, so the model that is trained is not the model."""
# expect: learns not_trained
# may fail: mae accuracy
# %% train
net = MultiTaskNet(len(FEATURES))
optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
for epoch in trange(40):
    net.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(net(X), quality, good).backward()
        optimizer.step()
