"""Half of a recipe for gradient accumulation: zeroed every fourth batch, but a step is taken after each of them."""
# expect: learns zero_grad
# may fail: mae accuracy
# %% train
ACCUMULATE = 4
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.2)
log_mse, log_bce = [], []
model.train()
for epoch in (progress := tqdm(range(60))):
    for i, (X, quality, good) in enumerate(train_data):
        outputs = model(X)
        loss = multitask_loss(outputs, quality, good)
        loss.backward()
        optimizer.step()
        if (i + 1) % ACCUMULATE == 0 or i + 1 == len(train_data):
            optimizer.zero_grad()
    log_mse.append(F.mse_loss(outputs[0].flatten(), quality).item())
    log_bce.append(F.binary_cross_entropy_with_logits(outputs[1].flatten(), good).item())
    progress.set_postfix(mse=log_mse[-1], bce=log_bce[-1])
plt.plot(log_mse, label="mse")
plt.plot(log_bce, label="bce")
plt.legend();
