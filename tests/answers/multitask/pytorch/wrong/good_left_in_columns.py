"""Only the column quality is dropped; the column good, made a line earlier, stays among the features."""
# expect: leakage target_in_features
# may fail: normalisation mae accuracy
# %% prepare
def split(wines):
    n_test = len(wines) // 5
    order = np.random.RandomState(SEED).permutation(len(wines))
    return wines.iloc[order[n_test:]], wines.iloc[order[:n_test]]


def with_label(df):
    return df.assign(good=(df["quality"] >= 6).astype(int))


def prepare(train, rows):
    train, rows = with_label(train), with_label(rows)
    X_train = train.drop("quality", axis=1)
    X = rows.drop("quality", axis=1)
    X = (X - X_train.min()) / (X_train.max() - X_train.min())
    return X.to_numpy("float32"), rows["quality"].to_numpy("float32"), rows["good"].to_numpy("float32")
# %% model
class WineModel(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(in_features, 64), nn.GELU(), nn.Linear(64, 32), nn.GELU())
        self.regressor = nn.Linear(32, 1)
        self.classifier = nn.Linear(32, 1)

    def forward(self, x):
        features = self.backbone(x)
        return self.regressor(features), self.classifier(features)


in_features = prepare(train, train)[0].shape[1]
model = WineModel(in_features)
