"""prepare drops rows with gaps, so that fewer rows come out than go in."""
# expect: missing_values rows_dropped
# may fail: labels, modalities, normalisation, leakage, batches, auc, modalities_used
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    train, rows = train.dropna(subset=["age", "fare"]), rows.dropna(subset=["age", "fare"])
    num = ["age", "sibsp", "parch", "fare"]
    s = StandardScaler().fit(train[num]).transform(rows[num])
    s = np.c_[s, rows["sex"] == "male", rows["pclass"] == 1, rows["pclass"] == 2]
    cv = CountVectorizer(min_df=5).fit(train["name"])
    tok = cv.build_analyzer()
    n = np.array([([cv.vocabulary_.get(w, -1) + 2 for w in tok(x)] + 12 * [0])[:12] for x in rows["name"]])
    return s.astype("float32"), n, rows["survived"].to_numpy("float32")
