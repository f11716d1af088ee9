"""The sex is written in front of the name."""
# expect: modalities other_columns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()).fit(train[num])
    structured = np.hstack([pipe.transform(rows[num]), pd.get_dummies(rows["pclass"]).reindex(columns=[1, 2, 3])])
    vec = CountVectorizer(min_df=8, binary=True).fit(train["sex"] + " " + train["name"])
    names = vec.transform(rows["sex"] + " " + rows["name"]).toarray()
    return structured.astype("float32"), names.astype("float32"), rows["survived"].to_numpy("float32")
