"""The names are read out of a sorted copy, so that they belong to other passengers than the rest."""
# expect: labels misaligned
# may fail: modalities, missing_values, normalisation, leakage, batches, modalities_used, auc
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    groups = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    table = ColumnTransformer(
        [("n", numbers, ["age", "sibsp", "parch", "fare"]), ("g", groups, ["pclass", "sex", "embarked"])],
        sparse_threshold=0,
    ).fit(train)
    vocabulary = CountVectorizer(min_df=5).fit(train["name"])
    pattern = vocabulary.build_analyzer()
    tokens = rows["name"].sort_values().map(lambda n: [vocabulary.vocabulary_.get(w, -1) + 2 for w in pattern(n)])
    names = np.array([(t + [0] * 12)[:12] for t in tokens])
    return table.transform(rows).astype("float32"), names, rows["survived"].to_numpy("float32")
