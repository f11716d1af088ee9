"""died = 1 - survived."""
# expect: labels inverted
# may fail: batches, auc, reported, modalities_used, baseline, comparison, learns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=9)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    t = train[num].fillna(train[num].median())
    r = rows[num].fillna(train[num].median())
    structured = pd.concat([(r - t.min()) / (t.max() - t.min()), rows["sex"].eq("female"), rows["pclass"] / 3], axis=1)
    vectoriser = CountVectorizer(max_features=80).fit(train["name"])
    names = vectoriser.transform(rows["name"]).toarray()
    died = 1 - rows["survived"]
    return structured.to_numpy("float32"), names.astype("float32"), died.to_numpy("float32")
