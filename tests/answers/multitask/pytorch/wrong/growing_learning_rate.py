"""A scheduler with gamma above one makes the learning rate grow until the weights are NaN."""
# expect: learns diverged
# may fail: mae accuracy reported
# %% train
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=1.5)
curve_mse, curve_bce = [], []
for epoch in trange(40):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out_quality, out_good = model(X)
        loss = multitask_loss((out_quality, out_good), quality, good)
        loss.backward()
        optimizer.step()
    scheduler.step()
    curve_mse.append(F.mse_loss(out_quality.flatten(), quality).item())
    curve_bce.append(F.binary_cross_entropy_with_logits(out_good.flatten(), good).item())
plt.plot(curve_mse, label="mse")
plt.plot(curve_bce, label="bce")
plt.legend();
