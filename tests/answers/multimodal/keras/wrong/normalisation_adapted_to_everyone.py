"""keras.layers.Normalization is adapted once, to the whole table."""
# expect: normalisation all_rows
# may fail: normalisation
# %% prepare
COLUMNS = ["age", "sibsp", "parch", "fare"]
normaliser = layers.Normalization()
normaliser.adapt(passengers[COLUMNS].fillna(passengers[COLUMNS].median()).to_numpy("float32"))


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    filled = rows[COLUMNS].fillna(train[COLUMNS].median()).to_numpy("float32")
    s = np.c_[normaliser(filled).numpy(), rows["pclass"] - 2, rows["sex"] == "female"]
    vec = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = vec.transform(rows["name"]).toarray()
    return s.astype("float32"), n.astype("float32"), rows["survived"].to_numpy("float32")
