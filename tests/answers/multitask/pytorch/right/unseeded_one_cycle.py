"""A split without a seed and a one-cycle learning rate."""
# expect: full marks
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, shuffle=True)


def prepare(train, rows):
    kolommen = [k for k in train.columns if k != "quality"]
    sc = StandardScaler()
    sc.fit(train[kolommen].values)
    X = sc.transform(rows[kolommen].values)
    quality = rows["quality"].values
    good = [1 if q >= 6 else 0 for q in quality]
    return X.astype(np.float32), quality.astype(np.float32), np.array(good, dtype=np.float32)
# %% train
EPOCHS = 40
optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.1)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=5e-3, epochs=EPOCHS, steps_per_epoch=len(train_data))
train_losses = {"quality": [], "good": []}
for epoch in (pbar := tqdm(range(EPOCHS))):
    model.train()
    q_loss = g_loss = 0.0
    for X, quality, good in train_data:
        outputs = model(X)
        loss = multitask_loss(outputs, quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
        q_loss += F.mse_loss(outputs[0].flatten(), quality).item() / len(train_data)
        g_loss += F.binary_cross_entropy_with_logits(outputs[1].flatten(), good).item() / len(train_data)
    train_losses["quality"].append(q_loss)
    train_losses["good"].append(g_loss)
    pbar.set_description(f"mse {q_loss:.3f} bce {g_loss:.3f}")
pd.DataFrame(train_losses).plot();
