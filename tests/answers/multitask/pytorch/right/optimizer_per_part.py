"""An optimizer for the trunk and one for each head."""
# expect: full marks
# %% train
optimizers = [
    torch.optim.AdamW(model.trunk.parameters(), lr=3e-3, weight_decay=0.1),
    torch.optim.Adam(model.quality.parameters(), lr=3e-3),
    torch.optim.Adam(model.good.parameters(), lr=3e-3),
]
totaal = []
for epoch in trange(50):
    model.train()
    for X, quality, good in train_data:
        for opt in optimizers:
            opt.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        for opt in optimizers:
            opt.step()
    totaal.append(loss.item())
plt.semilogy(totaal)
plt.show()
