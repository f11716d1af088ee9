"""Minimum and maximum come from train and rows together."""
# expect: normalisation all_rows
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    alles = pd.concat([train, rows])[FEATURES]
    X = (rows[FEATURES] - alles.min()) / (alles.max() - alles.min())
    quality = rows["quality"].to_numpy(dtype="float32")
    return X.to_numpy(dtype="float32"), quality, (quality >= 6).astype("float32")
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
model.train()
for epoch in trange(70):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
