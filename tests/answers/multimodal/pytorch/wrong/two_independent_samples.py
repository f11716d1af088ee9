"""Train and test are two samples of the same table, so that many passengers are in both."""
# expect: split overlap
# may fail: batches   (test rows are trained on)
# %% prepare
def split(passengers):
    train = passengers.sample(frac=0.8, random_state=1)
    test = passengers.sample(frac=0.2, random_state=2)
    return train, test


def words_of(name):
    return re.findall(r"[a-z]+", name.lower())


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    fill = train[num].median()
    a, b = train[num].fillna(fill), rows[num].fillna(fill)
    structured = ((b - a.mean()) / a.std()).assign(sex=(rows.sex == "male") * 1.0, pclass=rows.pclass - 2.0)
    vocabulary = [w for w, k in Counter(w for n in train.name for w in words_of(n)).items() if k > 4]
    index = {w: i + 2 for i, w in enumerate(vocabulary)}
    names = [([index.get(w, 1) for w in words_of(n)] + [0] * 12)[:12] for n in rows.name]
    return structured.to_numpy("float32"), np.array(names), rows.survived.to_numpy("float32")
