"""dropna before splitting, as in most notebooks about this table."""
# expect: missing_values rows_dropped
# may fail: split, batches
# %% prepare
def split(passengers):
    return train_test_split(passengers.dropna(), test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    structured = np.c_[pipe.transform(rows[num]), rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 2]
    cv = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    return structured.astype("float32"), cv.transform(rows["name"]).toarray().astype("float32"), rows["survived"].values
