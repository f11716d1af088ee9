"""The figures are measured on the training rows."""
# expect: reported on_training_rows
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
model.train()
for epoch in trange(70):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = train_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
