"""All twelve columns are scaled and used, so the score is one of the features."""
# expect: leakage target_in_features
# may fail: mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train)
    X = scaler.transform(rows).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
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
