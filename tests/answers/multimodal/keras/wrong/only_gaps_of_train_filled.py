"""Only columns with a gap in train get filled: a fare that is missing in rows alone stays NaN."""
# expect: missing_values not_numbers
# may fail: auc, modalities_used, normalisation, modalities, baseline, leakage
# %% prepare
def split(passengers):
    # only people whose ticket price is known are tested
    test = passengers[passengers["fare"].notnull()].sample(frac=0.2, random_state=4)
    return passengers.drop(test.index), test


def prepare(train, rows):
    df = rows.copy()
    tr = train.copy()

    # which columns need imputation?
    to_fill = [c for c in ["age", "fare"] if tr[c].isnull().any()]
    for c in to_fill:
        value = tr[c].median()
        tr[c] = tr[c].fillna(value)
        df[c] = df[c].fillna(value)

    out = {}
    for c in ["age", "fare", "sibsp", "parch"]:
        out[c] = (df[c] - tr[c].mean()) / tr[c].std()
    out["is_female"] = df["sex"].map({"female": 1, "male": 0})
    out["upper"] = df["pclass"].eq(1).astype(int)
    out["middle"] = df["pclass"].eq(2).astype(int)
    out["from_c"] = df["embarked"].eq("C").astype(int)
    out["from_q"] = df["embarked"].eq("Q").astype(int)
    structured = pd.DataFrame(out).astype("float32").values

    bow = CountVectorizer(token_pattern=r"[a-z]{2,}", min_df=9)
    bow.fit(train["name"])
    names = bow.transform(rows["name"]).toarray().astype("float32")
    return structured, names, rows["survived"].values.astype("float32")
