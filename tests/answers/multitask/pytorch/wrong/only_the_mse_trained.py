"""The training loop uses only the MSE, not the combined loss."""
# expect: learns one_task_only
# may fail: accuracy
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
mse_fn = nn.MSELoss()
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        q, g = model(X)
        loss = mse_fn(q.flatten(), quality)
        loss.backward()
        optimizer.step()
