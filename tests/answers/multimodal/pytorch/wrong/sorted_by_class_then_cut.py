"""The rows are sorted by class, after which the first 80 % becomes the training part."""
# expect: split sorted_parts
# may fail: auc, modalities_used, reported, baseline, comparison, batches, normalisation, learns
# %% prepare
def split(passengers):
    ordered = passengers.sort_values(["pclass", "name"])
    cut = int(len(ordered) * 0.8)
    return ordered[:cut], ordered[cut:]


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    med, mu, sd = train[num].median(), train[num].mean(), train[num].std()
    sd = sd.replace(0, 1)
    X = (rows[num].fillna(med) - mu) / sd
    X["female"] = (rows["sex"] == "female").astype(float)
    X["pclass"] = (rows["pclass"] - train["pclass"].mean()) / (train["pclass"].std() or 1)
    port = rows["embarked"].fillna(train["embarked"].mode()[0])
    for p in ["C", "Q", "S"]:
        X["port_" + p] = (port == p).astype(float)

    words = Counter(w for n in train["name"] for w in re.findall(r"\w+", n.lower()))
    vocab = {w: i for i, (w, c) in enumerate(words.most_common(150), 2)}
    names = np.zeros((len(rows), 8), dtype=np.int64)
    for i, n in enumerate(rows["name"]):
        for j, w in enumerate(re.findall(r"\w+", n.lower())[:8]):
            names[i, j] = vocab.get(w, 1)
    return X.to_numpy(dtype=np.float32), names, rows["survived"].to_numpy(dtype=np.float32)
