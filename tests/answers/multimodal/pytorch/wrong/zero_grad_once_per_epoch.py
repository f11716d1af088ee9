"""zero_grad stands in the outer loop: within an epoch the gradients of all batches pile up."""
# expect: learns zero_grad
# %% train
EPOCHS = 20
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
train_losses = []
for epoch in trange(EPOCHS):
    model.train()
    optimizer.zero_grad()
    epoch_loss = 0
    for x_tab, x_txt, target in train_data:
        pred = model(x_tab, x_txt)
        loss = loss_function(pred, target)
        loss.backward()
        optimizer.step()
        epoch_loss += loss.item()
    train_losses.append(epoch_loss / len(train_data))
fig, ax = plt.subplots()
ax.plot(train_losses)
ax.set_ylabel("loss")
