"""Keras' own attention: the table asks, the words answer."""
# expect: full marks
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    p = ColumnTransformer([
        ("n", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "sibsp", "parch", "fare"]),
        ("c", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")),
         ["pclass", "sex", "embarked"]),
    ], sparse_threshold=0).fit(train)
    seen = Counter(w.strip(".,()") for n in train["name"] for w in n.lower().split())
    index = {w: i for i, w in enumerate((w for w in seen if seen[w] > 4), start=2)}
    ids = [[index.get(w.strip(".,()"), 1) for w in n.lower().split()][:9] for n in rows["name"]]
    names = keras.utils.pad_sequences(ids, 9, padding="post")
    return p.transform(rows).astype("float32"), names, rows["survived"].values
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((9,), dtype="int32", name="names")
words = layers.Dense(16, activation="relu")(layers.Embedding(int(n.max()) + 1, 16)(b))
table = layers.Dense(16, activation="relu")(layers.Dense(32, activation="relu")(a))
context = layers.Attention()([layers.Reshape((1, 16))(layers.Dense(16)(table)), words])
x = layers.Dense(16, activation="relu")(layers.Concatenate()([table, layers.Flatten()(context)]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(x))
fusion = "intermediate"
