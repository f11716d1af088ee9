"""The baseline takes the first word for the title; it is the family name, which no hidden passenger shares."""
# expect: baseline guesses
# %% prepare
def split(passengers):
    family = passengers.name.str.partition(",")[0]
    tr, te = next(GroupShuffleSplit(1, test_size=0.2, random_state=3).split(passengers, groups=family))
    return passengers.iloc[tr], passengers.iloc[te]


def tokens(name):
    """Family name first, then the rest."""
    family, _, rest = name.lower().partition(",")
    return [family, *re.findall(r"[a-z]+", rest)][:8]


def prepare(train, rows):
    num, cat = ["age", "sibsp", "parch", "fare"], ["pclass", "sex", "embarked"]
    ct = ColumnTransformer([
        ("n", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), num),
        ("c", make_pipeline(SimpleImputer(strategy="most_frequent"),
                            OneHotEncoder(handle_unknown="ignore", sparse_output=False)), cat),
    ]).fit(train)
    freq = Counter(t for name in train.name for t in tokens(name))
    vocab = {t: i for i, t in enumerate((t for t, c in freq.most_common() if c > 2), 2)}
    ids = np.zeros((len(rows), 8), dtype=np.int64)
    for i, name in enumerate(rows.name):
        found = [vocab.get(t, 1) for t in tokens(name)]
        ids[i, :len(found)] = found
    return ct.transform(rows).astype(np.float32), ids, rows.survived.to_numpy(np.float32)
# %% baseline
class TitleOnly(nn.Module):
    def __init__(self, n_words):
        super().__init__()
        self.emb = nn.Embedding(n_words, 8)
        self.out = nn.Linear(8, 1)

    def forward(self, names):
        title = names[:, 0]
        return self.out(self.emb(title)).squeeze(1)


baseline_input = "names"
baseline = TitleOnly(int(prepare(train, train)[1].max()) + 1)
opt = torch.optim.Adam(baseline.parameters(), lr=0.01)
for _ in range(40):
    for _, n, y in train_data:
        opt.zero_grad()
        loss_function(baseline(n), y).backward()
        opt.step()
_, n, y = test_data.dataset.tensors
with torch.no_grad():
    baseline_auc = roc_auc_score(y, baseline(n))
