"""A learning rate of ten: the loss runs away."""
# expect: learns diverged
# may fail: learns, auc, modalities_used, reported
# %% train
EPOCHS = 20
optimizer = torch.optim.SGD(model.parameters(), lr=1000.0)
model.train()
for epoch in trange(EPOCHS):
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        optimizer.step()
# %% evaluate
structured, names, survived = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    z = torch.nan_to_num(model(structured, names))
auc = roc_auc_score(survived, z)
accuracy = ((z > 0) == (survived == 1)).float().mean().item()
