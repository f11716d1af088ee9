"""names holds the length of the name, the number of words and the mean length of a word: no words at all."""
# expect: modalities own_columns_unused
# may fail: auc, modalities_used, modalities, normalisation, learns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=0, stratify=passengers["pclass"])


def prepare(train, rows):
    num, cat = ["age", "fare", "sibsp", "parch"], ["pclass", "sex", "embarked"]
    modes, onehot = SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
    ct = ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), num),
            ("cat", make_pipeline(modes, onehot), cat),
        ],
        sparse_threshold=0.0,
    )
    structured = ct.fit(train).transform(rows).astype(np.float32)

    def text_features(df):
        return np.array([[len(x), len(x.split()), np.mean([len(w) for w in x.split()])] for x in df["name"]])

    names = StandardScaler().fit(text_features(train)).transform(text_features(rows)).astype(np.float32)
    return structured, names, rows["survived"].to_numpy(np.float32)
# %% model
class Net(nn.Module):
    def __init__(self, d, k):
        super().__init__()
        self.enc1 = nn.Sequential(nn.Linear(d, 32), nn.ReLU())
        self.enc2 = nn.Sequential(nn.Linear(k, 8), nn.ReLU())
        self.fc = nn.Sequential(nn.Linear(40, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        return self.fc(torch.cat([self.enc1(structured), self.enc2(names)], -1)).squeeze(-1)


structured, names, survived = prepare(train, train)
model = Net(structured.shape[1], names.shape[1])
fusion = "intermediate"
