"""The title is taken out of the name and put among the columns of the table, as every Titanic tutorial does."""
# expect: modalities other_columns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED, stratify=passengers["survived"])


def add_title(df):
    df = df.copy()
    df["Title"] = df["name"].str.extract(r" ([A-Za-z]+)\.", expand=False)
    df["Title"] = df["Title"].replace(["Mlle", "Ms"], "Miss").replace("Mme", "Mrs")
    df["Title"] = df["Title"].where(df["Title"].isin(["Mr", "Mrs", "Miss", "Master"]), "Rare")
    return df


def prepare(train, rows):
    train, rows = add_title(train), add_title(rows)
    numeric = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    categorical = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    ct = ColumnTransformer([
        ("num", numeric, ["age", "sibsp", "parch", "fare"]),
        ("cat", categorical, ["pclass", "sex", "embarked", "Title"]),
    ], sparse_threshold=0)
    structured = ct.fit(train).transform(rows).astype(np.float32)
    vocab = Counter(w.strip("(),.\"") for n in train["name"] for w in n.lower().split())
    stoi = {w: i + 2 for i, w in enumerate(sorted(w for w, c in vocab.items() if c >= 5))}
    enc = [[stoi.get(w.strip("(),.\""), 1) for w in n.lower().split()][:10] for n in rows["name"]]
    names = np.array([e + [0] * (10 - len(e)) for e in enc], dtype=np.int64)
    return structured, names, rows["survived"].to_numpy(dtype=np.float32)
