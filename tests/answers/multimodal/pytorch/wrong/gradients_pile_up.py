"""zero_grad is forgotten."""
# expect: learns zero_grad
# may fail: auc, modalities_used
# %% train
EPOCHS = 20
opt = torch.optim.SGD(model.parameters(), lr=1e-3)
model.train()
for epoch in trange(EPOCHS):
    for s, n, y in train_data:
        loss = loss_function(model(s, n), y)
        loss.backward()
        opt.step()
