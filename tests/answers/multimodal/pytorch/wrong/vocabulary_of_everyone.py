"""The vocabulary is built once, from the names of all passengers, test rows too."""
# expect: normalisation ignores_train
# may fail: leakage
# %% prepare
def words_of(name):
    return re.findall(r"[a-z]+", name.lower())


counts = Counter(w for n in passengers["name"] for w in words_of(n))
VOCAB = {w: i for i, w in enumerate(sorted(w for w, c in counts.items() if c >= 3), start=2)}


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    groups = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    ct = ColumnTransformer([
        ("n", numbers, ["age", "sibsp", "parch", "fare"]), ("g", groups, ["pclass", "sex", "embarked"]),
    ], sparse_threshold=0)
    names = np.zeros((len(rows), 14), dtype="int64")
    for i, n in enumerate(rows["name"]):
        ids = [VOCAB.get(w, 1) for w in words_of(n)][:14]
        names[i, :len(ids)] = ids
    return ct.fit(train).transform(rows).astype("float32"), names, rows["survived"].to_numpy("float32")
# %% model
class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.bag = nn.EmbeddingBag(len(VOCAB) + 2, 16, padding_idx=0)
        self.tab = nn.Sequential(nn.Linear(d, 16), nn.ReLU())
        self.out = nn.Linear(32, 1)

    def forward(self, structured, names):
        return self.out(torch.cat([self.tab(structured), self.bag(names)], dim=1)).squeeze(1)


model = Net(prepare(train, train)[0].shape[1])
fusion = "intermediate"
