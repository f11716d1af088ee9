"""The scaler is fitted anew on whatever rows come in."""
# expect: normalisation own_statistics
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    imputer = SimpleImputer(strategy="median").fit(train[["age", "fare"]])
    numbers = np.hstack([imputer.transform(rows[["age", "fare"]]), rows[["sibsp", "parch", "pclass"]]])
    scaler = StandardScaler()
    structured = scaler.fit_transform(numbers)
    structured = np.hstack([structured, (rows[["sex"]] == "female").to_numpy()]).astype(np.float32)
    counter = Counter()
    for name in train["name"]:
        counter.update(re.findall(r"\w+", name.lower()))
    word2idx = {"<pad>": 0, "<unk>": 1}
    for word, freq in counter.items():
        if freq > 4:
            word2idx[word] = len(word2idx)
    names = [[word2idx.get(w, 1) for w in re.findall(r"\w+", n.lower())][:10] for n in rows["name"]]
    names = np.array([n + [0] * (10 - len(n)) for n in names])
    return structured, names, rows["survived"].to_numpy(np.float32)
