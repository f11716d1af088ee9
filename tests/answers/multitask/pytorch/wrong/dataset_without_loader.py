"""The data sets themselves instead of loaders: wines come one by one, without a batch dimension, in a fixed order."""
# expect: batches wrong_shape
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)

train_data = TensorDataset(*(torch.from_numpy(values) for values in prepare(train, train)))
test_data = TensorDataset(*(torch.from_numpy(values) for values in prepare(train, test)))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
model.train()
for epoch in trange(6):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
