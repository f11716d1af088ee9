"""All numeric columns of the frame are taken, the label among them."""
# expect: leakage target_in_features
# may fail: modalities, labels, auc, modalities_used, baseline, comparison, reported
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    pipe.fit(train.select_dtypes("number"))
    s = pipe.transform(rows.select_dtypes("number"))
    s = np.hstack([s, rows[["sex"]] == "female"])
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = vec.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
