"""Full-batch L-BFGS with a closure, on the rows of both parts together."""
# expect: learns test_rows
# %% train
X_all, quality_all, good_all = (torch.from_numpy(values) for values in prepare(train, pd.concat([train, test])))
optimizer = torch.optim.LBFGS(model.parameters(), lr=0.5, max_iter=5)
curve = []


def closure():
    optimizer.zero_grad()
    loss = multitask_loss(model(X_all), quality_all, good_all)
    loss.backward()
    return loss


for epoch in trange(15):
    curve.append(optimizer.step(closure).item())
plt.plot(curve);
