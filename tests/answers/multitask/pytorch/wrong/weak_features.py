"""Only one feature that says next to nothing is used: the network cannot tell good wines from bad ones."""
# expect: accuracy below_threshold
# may fail: learns mae
# %% prepare
KOLOMMEN = ["residual_sugar"]


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[KOLOMMEN])
    X = scaler.transform(rows[KOLOMMEN]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% model
class MultiTaskNet(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(features, 96), nn.ReLU(), nn.Linear(96, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        shared = self.trunk(X)
        return self.quality(shared), self.good(shared)


model = MultiTaskNet(features=len(KOLOMMEN))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
