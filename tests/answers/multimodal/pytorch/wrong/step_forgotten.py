"""optimizer.step() is not called."""
# expect: learns not_trained
# may fail: auc, modalities_used, reported
# %% train
EPOCHS = 10
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
losses = []
for epoch in range(EPOCHS):
    model.train()
    for structured, names, survived in train_data:
        output = model(structured, names)
        loss = loss_function(output, survived)
        optimizer.zero_grad()
        loss.backward()
    losses.append(loss.item())
plt.plot(losses)
