"""Only one passenger in twenty is kept for testing."""
# expect: split test_too_small
# may fail: reported, comparison
# %% prepare
def split(passengers):
    passengers = passengers.sample(frac=1.0, random_state=SEED)
    cut = int(len(passengers) * 0.95)
    return passengers[:cut], passengers[cut:]


def prepare(train, rows):
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    groups = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    ct = ColumnTransformer(
        [("a", numbers, ["age", "sibsp", "parch", "fare"]), ("b", groups, ["pclass", "sex", "embarked"])],
        sparse_threshold=0,
    )
    words = re.compile(r"[a-z]+")
    count = Counter(w for n in train["name"] for w in words.findall(n.lower()))
    ids = {w: i for i, w in enumerate((w for w in sorted(count) if count[w] >= 5), 2)}
    names = np.zeros((len(rows), 14), dtype=int)
    for r, n in enumerate(rows["name"]):
        found = [ids.get(w, 1) for w in words.findall(n.lower())][:14]
        names[r, : len(found)] = found
    return ct.fit(train).transform(rows).astype("float32"), names, rows["survived"].to_numpy("float32")
