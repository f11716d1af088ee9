"""Features cut into bins and one-hot encoded: the network never sees a number that varies smoothly."""
# expect: full marks
# %% prepare
from sklearn.preprocessing import KBinsDiscretizer


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=1)


def prepare(train, rows):
    bins = KBinsDiscretizer(n_bins=5, encode="onehot-dense", strategy="quantile", quantile_method="averaged_inverted_cdf")
    bins.fit(train[FEATURES])
    X = bins.transform(rows[FEATURES]).astype("float32")
    return X, rows["quality"].to_numpy("float32"), (rows["quality"] >= 6).to_numpy("float32")
# %% model
class BinnedNet(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(n_in, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 16), nn.ReLU())
        self.quality = nn.Linear(16, 1)
        self.good = nn.Linear(16, 1)

    def forward(self, x):
        x = self.trunk(x)
        return self.quality(x), self.good(x)


model = BinnedNet(train_data.dataset.tensors[0].shape[1])
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
curve = []
for epoch in trange(40):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        multitask_loss(out, quality, good).backward()
        optimizer.step()
    curve.append([F.mse_loss(out[0].flatten(), quality).item(), F.binary_cross_entropy_with_logits(out[1].flatten(), good).item()])
plt.plot(curve)
plt.show()
