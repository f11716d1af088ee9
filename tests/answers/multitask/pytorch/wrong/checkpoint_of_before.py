"""The checkpoint is written before the first epoch and never again; after training it is read back."""
# expect: learns not_trained
# may fail: mae accuracy
# %% train
torch.save(model.state_dict(), "model.pt")
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
losses = []
for epoch in range(40):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
model.load_state_dict(torch.load("model.pt", weights_only=True))
plt.plot(losses)
plt.show()
