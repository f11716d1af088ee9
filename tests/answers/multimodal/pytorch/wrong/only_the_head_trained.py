"""The optimizer only has the weights of the head."""
# expect: learns encoders_not_moved
# may fail: auc, modalities_used, learns
# %% train
EPOCHS = 40
optimizer = torch.optim.Adam(model.head.parameters(), lr=5e-3)
model.train()
for epoch in trange(EPOCHS):
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss_function(model(s, n), y).backward()
        optimizer.step()
