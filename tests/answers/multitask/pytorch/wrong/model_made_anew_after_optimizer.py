"""The model is made anew for a fresh start, but the optimizer holds the weights of the old one."""
# expect: learns other_network_trained
# may fail: mae accuracy reported
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)

torch.manual_seed(SEED)
model = MultiTaskNet(features=len(FEATURES))  # vers beginnen

history = {"loss": []}
for epoch in trange(50):
    model.train()
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    history["loss"].append(loss.detach().item())
pd.DataFrame(history).plot();
