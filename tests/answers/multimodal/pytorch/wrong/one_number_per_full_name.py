"""Every full name is one category with its own number: each hidden passenger gets the number of the unknown."""
# expect: modalities_used ignored
# may fail: modalities   (consequence: other names that train does not know change nothing)
# %% prepare
from sklearn.preprocessing import OrdinalEncoder


def split(passengers):
    test = passengers.sample(frac=0.2, random_state=SEED)
    return passengers.drop(test.index), test


def prepare(train, rows):
    preprocess = ColumnTransformer([
        ("num", make_pipeline(SimpleImputer(), StandardScaler()), ["age", "sibsp", "parch", "fare"]),
        ("cat", make_pipeline(SimpleImputer(strategy="most_frequent"),
                              OneHotEncoder(handle_unknown="ignore", sparse_output=False)),
         ["pclass", "sex", "embarked"]),
    ])
    structured = preprocess.fit(train).transform(rows).astype(np.float32)
    # label encoding: 0 for a name that is not in train, then 1, 2, 3, ...
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(train[["name"]])
    names = encoder.transform(rows[["name"]]).astype(np.int64) + 1
    return structured, names, rows["survived"].to_numpy(np.float32)
# %% model
class Net(nn.Module):
    def __init__(self, n_features, n_names):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(n_features, 32), nn.ReLU())
        self.entity = nn.Embedding(n_names, 4)
        self.after_entity = nn.Sequential(nn.Flatten(), nn.Linear(4, 4), nn.Tanh())
        self.head = nn.Sequential(nn.Linear(36, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        return self.head(torch.hstack([self.mlp(structured), self.after_entity(self.entity(names))]))[:, 0]


model = Net(prepare(train, train)[0].shape[1], len(train) + 1)
fusion = "intermediate"
