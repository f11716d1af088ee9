"""The title is one-hot encoded among the columns of the table."""
# expect: modalities other_columns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def with_title(df):
    return df.assign(title=df["name"].str.extract(r", (\w+)", expand=False))


def prepare(train, rows):
    ct = ColumnTransformer([
        ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "sibsp", "parch", "fare"]),
        ("cat", OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=10), ["pclass", "sex", "title"]),
    ], sparse_threshold=0).fit(with_title(train))
    cv = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    names = cv.transform(rows["name"]).toarray().astype("float32")
    return ct.transform(with_title(rows)).astype("float32"), names, rows["survived"].to_numpy("float32")
