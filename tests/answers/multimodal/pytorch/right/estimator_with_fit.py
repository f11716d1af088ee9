"""A scikit-learn habit: the module has fit, predict_proba and score; late fusion as the sum of two logits."""
# expect: full marks
# %% prepare
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline


class NameBag(BaseEstimator, TransformerMixin):
    """Which known words occur in a name (yes or no)."""

    def __init__(self, max_words=200):
        self.max_words = max_words

    def fit(self, X, y=None):
        self.cv_ = CountVectorizer(binary=True, max_features=self.max_words, token_pattern=r"\b[a-z]{2,}\b").fit(X)
        return self

    def transform(self, X):
        return self.cv_.transform(X).toarray()


def split(passengers):
    train, test = train_test_split(passengers, train_size=0.8, random_state=11)
    return train, test


def prepare(train, rows):
    num = Pipeline([("imp", SimpleImputer(strategy="mean", add_indicator=False)), ("sc", StandardScaler())])
    cat = Pipeline([
        ("imp", SimpleImputer(strategy="most_frequent")),
        ("oh", OneHotEncoder(drop="first", handle_unknown="ignore", sparse_output=False)),
    ])
    tab = ColumnTransformer([("n", num, ["age", "fare", "sibsp", "parch", "pclass"]), ("c", cat, ["sex", "embarked"])])
    bag = NameBag()
    tab.fit(train[STRUCTURED])
    bag.fit(train["name"])
    return {
        "structured": tab.transform(rows[STRUCTURED]).astype(np.float32),
        "names": bag.transform(rows["name"]).astype(np.float32),
        "survived": rows["survived"].to_numpy().astype(np.float32),
    }
# %% loaders
train, test = split(passengers)
train_parts, test_parts = prepare(train, train), prepare(train, test)


def loader(parts, **options):
    return DataLoader(TensorDataset(*map(torch.tensor, parts.values())), **options)


train_data = loader(train_parts, batch_size=64, shuffle=True)
test_data = loader(test_parts, batch_size=len(test))
# %% model
class LateFusionClassifier(nn.Module):
    def __init__(self, n_columns, n_words, hidden=(32, 8), epochs=22, lr=3e-3):
        super().__init__()
        self.epochs, self.lr = epochs, lr
        self.branches = nn.ModuleDict({
            "structured": self._branch(n_columns, hidden[0]),
            "names": self._branch(n_words, hidden[1]),
        })

    @staticmethod
    def _branch(n_in, n_hidden):
        return nn.Sequential(nn.Linear(n_in, n_hidden), nn.Mish(), nn.Dropout(0.2), nn.Linear(n_hidden, 1))

    def forward(self, structured, names):
        inputs = dict(structured=structured, names=names)
        return sum(branch(inputs[key]) for key, branch in self.branches.items()).flatten()

    def fit(self, data):
        self.train()
        opt = torch.optim.NAdam(self.parameters(), lr=self.lr, weight_decay=1e-3)
        self.loss_curve_ = []
        for _ in tqdm(range(self.epochs), desc="fit"):
            total, seen = 0.0, 0
            for s, n, y in data:
                opt.zero_grad()
                loss = loss_function(self(s, n), y)
                loss.backward()
                opt.step()
                total, seen = total + loss.item() * len(y), seen + len(y)
            self.loss_curve_.append(total / seen)
        return self

    @torch.no_grad()
    def predict_proba(self, data):
        self.eval()
        p = torch.cat([self(s, n).sigmoid() for s, n, _ in data]).numpy()
        return np.column_stack([1 - p, p])

    def predict(self, data):
        return self.predict_proba(data).argmax(axis=1)


model = LateFusionClassifier(train_parts["structured"].shape[1], train_parts["names"].shape[1])
fusion = "late"
# %% loss
weight = torch.tensor((1 - train["survived"].mean()) / train["survived"].mean(), dtype=torch.float32)
loss_function = nn.BCEWithLogitsLoss(pos_weight=weight.sqrt())
# %% train
model.fit(train_data)
pd.Series(model.loss_curve_, name="BCE").plot(xlabel="epoch", ylabel="BCE");
# %% evaluate
from sklearn.metrics import accuracy_score

y_test = test_parts["survived"]
auc = roc_auc_score(y_test, model.predict_proba(test_data)[:, 1])
accuracy = accuracy_score(y_test, model.predict(test_data))
print(f"AUC = {auc:.3f}, accuracy = {accuracy:.3f}")
# %% baseline
class OneBranch(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.net = LateFusionClassifier._branch(n_in, 32)

    def forward(self, x):
        return self.net(x).flatten()

    def fit(self, data, epochs=22):
        opt = torch.optim.NAdam(self.parameters(), lr=3e-3, weight_decay=1e-3)
        self.train()
        for _ in range(epochs):
            for s, _, y in data:
                opt.zero_grad()
                loss_function(self(s), y).backward()
                opt.step()
        return self.eval()


baseline_input = "structured"
baseline = OneBranch(train_parts["structured"].shape[1]).fit(train_data)
with torch.no_grad():
    baseline_auc = roc_auc_score(y_test, baseline(torch.tensor(test_parts["structured"])))
