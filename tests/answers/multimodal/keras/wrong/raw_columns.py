"""Years and pounds go into the network as they are."""
# expect: normalisation not_normalised
# may fail: auc, learns, baseline, modalities_used
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["pclass", "age", "sibsp", "parch", "fare"]
    s = rows[num].fillna(train[num].median()).assign(female=rows["sex"].eq("female")).astype("float32")
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    return s.to_numpy(), vec.transform(rows["name"]).toarray().astype("float32"), rows["survived"].to_numpy("float32")
