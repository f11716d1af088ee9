"""The mean that fills gaps is that of the rows that are prepared."""
# expect: normalisation own_statistics
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    rows_num = rows[num].fillna(rows[num].mean())
    train_num = train[num].fillna(train[num].mean())
    s = (rows_num - train_num.mean()) / train_num.std()
    s = np.c_[s, rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 3]
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = vec.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
