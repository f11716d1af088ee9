"""The eight best columns by a test on the training labels, after a log and a quantile transform."""
# expect: full marks
# %% prepare
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.preprocessing import QuantileTransformer


def split(wines):
    # het bestand is niet gesorteerd, dus de eerste 80 % is goed genoeg
    grens = int(len(wines) * 0.8)
    return wines[:grens], wines[grens:]


def prepare(train, rows):
    def ruw(frame):
        data = frame[FEATURES].copy()
        for kolom in ("residual_sugar", "chlorides", "sulphates", "total_sulfur_dioxide"):
            data[kolom] = np.log1p(data[kolom])
        return data.to_numpy()

    selectie = SelectKBest(f_regression, k=8).fit(ruw(train), train["quality"])
    schaal = QuantileTransformer(n_quantiles=100, output_distribution="normal", random_state=0)
    schaal.fit(selectie.transform(ruw(train)))
    X = schaal.transform(selectie.transform(ruw(rows))).astype("float32")
    quality = rows[["quality"]].to_numpy(dtype="float32")
    return X, quality, (quality >= 6).astype("float32")
# %% model
class MultiTaskNet(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(features, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        shared = self.trunk(X)
        return self.quality(shared), self.good(shared)


model = MultiTaskNet(features=8)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
history = []
for epoch in trange(50):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    history.append(loss.item())
plt.plot(history)
plt.show()
# %% evaluate
model.eval()
with torch.no_grad():
    X, quality, good = test_data.dataset.tensors
    q, g = model(X)
mae = (q - quality).abs().mean()
accuracy = ((g > 0) == (good == 1)).float().mean()
