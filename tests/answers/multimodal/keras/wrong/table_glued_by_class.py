"""Ages are filled per class and the pieces are glued together: the table is now in order of class, the rest is not."""
# expect: labels misaligned
# may fail: batches, learns, auc, modalities_used, reported, baseline, comparison
# may fail: modalities, missing_values, normalisation, leakage
# %% prepare
def split(passengers):
    return train_test_split(passengers, train_size=0.8, random_state=10)


def fill_per_class(train, rows):
    pieces = []
    for pclass, group in rows.groupby("pclass"):
        same = train[train["pclass"] == pclass]
        group = group.copy()
        group["age"] = group["age"].fillna(same["age"].median())
        group["fare"] = group["fare"].fillna(same["fare"].median())
        group["embarked"] = group["embarked"].fillna(same["embarked"].mode()[0])
        pieces.append(group)
    return pd.concat(pieces)


def prepare(train, rows):
    table = ColumnTransformer(
        [
            ("scale", StandardScaler(), ["age", "sibsp", "parch", "fare"]),
            ("onehot", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["pclass", "sex", "embarked"]),
        ]
    )
    table.fit(fill_per_class(train, train))
    structured = table.transform(fill_per_class(train, rows)).astype("float32")

    text = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    names = text.transform(rows["name"]).toarray().astype("float32")
    return structured, names, rows["survived"].to_numpy(dtype="float32")
