"""The training loop never takes a step."""
# expect: learns not_trained
# may fail: mae accuracy
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
history = []
model.train()
for epoch in trange(20):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
    history.append(loss.item())
plt.plot(history)
plt.show()
