"""The loop adds the two losses with other weights than the loss that was defined."""
# expect: learns other_loss
# may fail: mae accuracy
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        q, g = model(X)
        loss = F.mse_loss(q.flatten(), quality) + 10 * F.binary_cross_entropy_with_logits(g.flatten(), good)
        loss.backward()
        optimizer.step()
