"""Only the family name becomes a word: the families of the hidden passengers are all unknown."""
# expect: modalities_used ignored
# may fail: modalities, encoders, fusion, auc
# %% prepare
from sklearn.pipeline import Pipeline


def split(passengers):
    train, test = train_test_split(passengers, test_size=0.2, random_state=31, stratify=passengers["survived"])
    return train, test


def prepare(train, rows):
    number = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    choice = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    table = ColumnTransformer([
        ("number", number, ["age", "sibsp", "parch", "fare"]),
        ("choice", choice, ["pclass", "sex", "embarked"]),
    ]).fit(train)

    # people of one family share a fate: one place per family with two or more members
    family = train["name"].str.split(",").str[0]
    size = family.value_counts()
    known = list(size[size >= 2].index)
    names = np.array([[n.split(",")[0] == k for k in known] for n in rows["name"]])
    return (
        table.transform(rows).astype(np.float32),
        names.astype(np.float32),
        rows["survived"].to_numpy(np.float32),
    )

