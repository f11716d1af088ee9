"""The counts of words are scaled down as if they were pixels, so that the names hardly reach the output."""
# expect: modalities_used useless
# %% prepare
def split(passengers):
    train, test = train_test_split(passengers, test_size=0.2, random_state=11, stratify=passengers["survived"])
    return train, test


def prepare(train, rows):
    cols = ["age", "sibsp", "parch", "fare"]
    med, mu, sd = train[cols].median(), train[cols].mean(), train[cols].std()
    num = (rows[cols].fillna(med) - mu) / sd
    woman = (rows["sex"] == "female").rename("woman")
    klass = pd.concat([(rows["pclass"] == k).rename(f"class{k}") for k in (1, 2, 3)], axis=1)
    structured = pd.concat([num, woman, klass], axis=1).astype("float32").to_numpy()

    cv = CountVectorizer(min_df=8).fit(train["name"])
    names = cv.transform(rows["name"]).toarray().astype("float32") / 1000.0
    return structured, names, rows["survived"].to_numpy("float32")
