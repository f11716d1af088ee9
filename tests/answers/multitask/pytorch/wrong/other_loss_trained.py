"""The loop has losses of its own: the mean absolute error and the cross-entropy, not what the loss cell defines."""
# expect: learns other_loss
# may fail: mae accuracy
# %% train
l1, bce_fn = nn.L1Loss(), nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
hist = {"mae": [], "bce": []}
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        q, g = model(X)
        fout, bce = l1(q.squeeze(1), quality), bce_fn(g.squeeze(1), good)
        (fout + bce).backward()
        optimizer.step()
    hist["mae"].append(fout.item())
    hist["bce"].append(bce.item())
pd.DataFrame(hist).plot();
