"""Ages and prices stay as they are, next to zeros and ones."""
# expect: normalisation not_normalised
# may fail: auc, learns, baseline
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    med = train[["age", "fare"]].median()
    df = rows.fillna(med)
    structured = np.stack([
        df["pclass"], df["sex"].map({"male": 0, "female": 1}), df["age"], df["sibsp"], df["parch"], df["fare"],
    ], axis=1).astype("float32")
    c = Counter(w for n in train["name"] for w in re.findall(r"[a-z]+", n.lower()))
    d = {w: i for i, w in enumerate([w for w in c if c[w] >= 5], start=2)}
    names = np.zeros((len(rows), 12), int)
    for k, n in enumerate(rows["name"]):
        ids = [d.get(w, 1) for w in re.findall(r"[a-z]+", n.lower())][:12]
        names[k, :len(ids)] = ids
    return structured, names, df["survived"].to_numpy("float32")
