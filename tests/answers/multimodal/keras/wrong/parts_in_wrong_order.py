"""split returns the test part first."""
# expect: split swapped_parts
# may fail: batches, reported
# %% prepare
def split(passengers):
    train, test = train_test_split(passengers, test_size=0.2, random_state=SEED)
    return test, train


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    one = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[["sex", "pclass"]])
    s = np.concatenate([pipe.transform(rows[num]), one.transform(rows[["sex", "pclass"]])], axis=1)
    cv = CountVectorizer(min_df=4, binary=True).fit(train["name"])
    n = cv.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
