"""Every epoch goes over the training loader and over the test loader, with the same steps."""
# expect: learns test_rows
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
curve = {"train": [], "test": []}
for epoch in trange(50):
    for phase, loader in (("train", train_data), ("test", test_data)):
        model.train(phase == "train")
        total = 0.0
        for X, quality, good in loader:
            loss = multitask_loss(model(X), quality, good)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        curve[phase].append(total / len(loader))
for phase, values in curve.items():
    plt.plot(values, label=phase)
plt.legend();
