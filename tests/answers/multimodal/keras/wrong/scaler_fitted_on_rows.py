"""fit_transform on the rows."""
# expect: normalisation own_statistics
# may fail: missing_values
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    filled = SimpleImputer(strategy="median").fit(train[num]).transform(rows[num])
    s = StandardScaler().fit_transform(np.c_[filled, rows["pclass"], rows["sex"] == "female"])
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = vec.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
