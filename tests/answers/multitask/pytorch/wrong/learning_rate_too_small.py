"""Plain SGD with a learning rate of a hundred-thousandth: after all epochs the scores are still near zero."""
# expect: learns too_few_epochs
# may fail: mae accuracy reported
# %% train
learning_rate = 1e-5
n_epochs = 25
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
train_losses = np.zeros(n_epochs)
for epoch in trange(n_epochs):
    model.train()
    for X, quality, good in train_data:
        outputs = model(X)
        loss = multitask_loss(outputs, quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses[epoch] += loss.item() / len(train_data)
plt.plot(np.arange(n_epochs) + 1, train_losses);
