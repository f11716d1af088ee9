"""The median that fills the gaps is that of the rows being prepared."""
# expect: normalisation own_statistics
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def clean(df):
    df = df.copy()
    df["age"] = df["age"].fillna(df["age"].median())
    df["fare"] = df["fare"].fillna(df["fare"].median())
    df["embarked"] = df["embarked"].fillna(df["embarked"].mode()[0])
    return df


def prepare(train, rows):
    train, rows = clean(train), clean(rows)
    num = ["age", "sibsp", "parch", "fare"]
    cat = ["pclass", "sex", "embarked"]
    sc = StandardScaler().fit(train[num])
    oh = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[cat])
    structured = np.concatenate([sc.transform(rows[num]), oh.transform(rows[cat])], axis=1).astype(np.float32)
    vocab = {w: i for i, (w, c) in enumerate(Counter(" ".join(train["name"]).lower().split()).most_common(300), 2)}
    names = np.zeros((len(rows), 8), dtype=np.int64)
    for i, words in enumerate(rows["name"].str.lower().str.split()):
        for j, w in enumerate(words[:8]):
            names[i, j] = vocab.get(w, 1)
    return structured, names, rows["survived"].values.astype(np.float32)
