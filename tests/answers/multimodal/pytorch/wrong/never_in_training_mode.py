"""model.eval() before training, so that dropout does nothing."""
# expect: learns evaluation_mode
# %% train
EPOCHS = 20
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
model.eval()
hist = []
for _ in trange(EPOCHS):
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        optimizer.step()
        hist.append(loss.item())
plt.plot(hist)
