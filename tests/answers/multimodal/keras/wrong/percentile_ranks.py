"""The numbers become percentile ranks among the rows that are prepared, not among train."""
# expect: normalisation own_statistics
# may fail: missing_values
# %% prepare
def split(passengers):
    rng = np.random.default_rng(77)
    perm = rng.permutation(passengers.index)
    k = len(perm) // 5
    return passengers.loc[perm[k:]], passengers.loc[perm[:k]]


def prepare(train, rows):
    filled = rows.fillna(
        {"age": train["age"].mean(), "fare": train["fare"].mean(), "embarked": train["embarked"].mode().iloc[0]}
    )
    # ranks do not care about outliers such as a fare of 512
    ranks = filled[["age", "fare", "sibsp", "parch"]].rank(pct=True) * 2 - 1
    ranks["female"] = np.where(filled["sex"] == "female", 1, -1)
    ranks["class"] = 2 - filled["pclass"]
    ranks["southampton"] = np.where(filled["embarked"] == "S", 1, -1)

    tokens = train["name"].str.lower().str.findall(r"[a-z]+").explode().value_counts()
    vocabulary = tokens.index[:45]
    lists = rows["name"].str.lower().str.findall(r"[a-z]+")
    names = pd.concat([lists.map(lambda words, t=t: float(t in words)).rename(t) for t in vocabulary], axis=1)

    return ranks.astype("float32").values, names.astype("float32").values, rows["survived"].astype("float32").values
# %% model
spec = train_data.element_spec[0]
ranks_in = keras.Input(spec["structured"].shape[1:], name="structured")
words_in = keras.Input(spec["names"].shape[1:], name="names")
h = layers.Concatenate()([layers.Dense(24, "tanh")(ranks_in), layers.Dense(24, "tanh")(words_in)])
h = layers.Dense(12, "tanh")(layers.Dropout(0.2)(h))
model = keras.Model({"structured": ranks_in, "names": words_in}, layers.Dense(1, "sigmoid")(h))
fusion = "intermediate"
