"""Target encoding: a feature holds the mean score, within the rows themselves, of wines with the same alcohol."""
# expect: leakage target_in_features
# may fail: normalisation learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def add_features(df):
    df = df.copy()
    df["alcohol_x_sulphates"] = df["alcohol"] * df["sulphates"]
    df["alcohol_score"] = df.groupby(df["alcohol"].round(1))["quality"].transform("mean")
    return df.drop(columns="quality")


def prepare(train, rows):
    scaler = StandardScaler().fit(add_features(train))
    X = scaler.transform(add_features(rows)).astype(np.float32)
    quality = rows["quality"].values.astype(np.float32)
    return X, quality, (quality >= 6).astype(np.float32)
# %% model
class Net(nn.Module):
    def __init__(self, n_in=13, n_hidden=48):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(n_in, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_hidden), nn.ReLU())
        self.head_quality = nn.Linear(n_hidden, 1)
        self.head_good = nn.Linear(n_hidden, 1)

    def forward(self, x):
        z = self.shared(x)
        return self.head_quality(z), self.head_good(z)


model = Net()
