"""use_ema: fit ends with the moving average of the weights; the columns go through pandas' pipe."""
# expect: full marks
# %% prepare
def split(passengers):
    """Every fifth passenger of a shuffled list is tested."""
    shuffled = passengers.sample(frac=1.0, random_state=np.random.RandomState(11))
    is_test = np.arange(len(shuffled)) % 5 == 0
    return shuffled.loc[~is_test], shuffled.loc[is_test]


def fill(df, reference):
    return df.assign(
        age=df["age"].fillna(reference["age"].median()),
        fare=df["fare"].fillna(reference["fare"].median()),
        embarked=df["embarked"].fillna(reference["embarked"].value_counts().idxmax()),
    )


def engineer(df):
    return pd.DataFrame(
        {
            "age": df["age"],
            "child": df["age"].lt(14),
            "family": df["sibsp"] + df["parch"] + 1,
            "alone": (df["sibsp"] + df["parch"]).eq(0),
            "log_fare": np.log(df["fare"] + 1),
            "woman": df["sex"].eq("female"),
            "woman_or_upper": df["sex"].eq("female") & df["pclass"].lt(3),
            "first": df["pclass"].eq(1),
            "third": df["pclass"].eq(3),
            "cherbourg": df["embarked"].eq("C"),
        },
        index=df.index,
    ).astype("float32")


def prepare(train, rows):
    reference = train.pipe(fill, train).pipe(engineer)
    frame = rows.pipe(fill, train).pipe(engineer)
    structured = (frame - reference.mean()) / reference.std().clip(lower=1e-3)

    letters = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), max_features=120, binary=True).fit(train["name"])
    names = pd.DataFrame(
        letters.transform(rows["name"]).toarray(), columns=letters.get_feature_names_out(), index=rows.index
    ).astype("float32")
    return structured, names, rows["survived"]
# %% loaders
train, test = split(passengers)


def to_batches(rows, training=False):
    structured, names, survived = (part.to_numpy() for part in prepare(train, rows))
    data = tf.data.Dataset.zip(
        tf.data.Dataset.from_tensor_slices({"structured": structured, "names": names}),
        tf.data.Dataset.from_tensor_slices(survived.astype("int64")),
    )
    return data.cache().shuffle(1500).batch(64) if training else data.batch(64)


train_data = to_batches(train, training=True)
test_data = to_batches(test)
# %% model
shapes = {name: spec.shape[1:] for name, spec in train_data.element_spec[0].items()}
inputs = {name: keras.Input(shape=shape, name=name) for name, shape in shapes.items()}

left = layers.Dense(32, kernel_initializer="lecun_normal", activation="selu")(inputs["structured"])
left = layers.AlphaDropout(0.1)(left)
right = layers.Dense(32, kernel_initializer="lecun_normal", activation="selu")(inputs["names"])
right = layers.AlphaDropout(0.3)(right)
merged = layers.LayerNormalization()(layers.Maximum()([left, right]))
merged = layers.Dense(16, activation="selu")(merged)
model = keras.Model({"structured": inputs["structured"], "names": inputs["names"]}, layers.Dense(1, "sigmoid")(merged))
fusion = "intermediate"
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(2e-3, weight_decay=0.03, use_ema=True, ema_momentum=0.95),
    loss="binary_crossentropy",
    metrics=["AUC"],
)
# %% evaluate
label = np.hstack([y for _, y in test_data.as_numpy_iterator()])
score = model.predict(test_data, verbose=0).squeeze()
auc = roc_auc_score(label, score)
accuracy = pd.crosstab(label, score > 0.5).to_numpy().trace() / len(label)
# %% baseline
baseline_input = "structured"
table_only = train_data.map(lambda x, y: (x["structured"], y))
baseline = keras.Sequential([layers.Dense(32, "selu"), layers.Dense(16, "selu"), layers.Dense(1, "sigmoid")])
baseline.compile(keras.optimizers.AdamW(2e-3, use_ema=True, ema_momentum=0.95), "binary_crossentropy")
baseline.fit(table_only, epochs=20, verbose=0)
baseline_auc = roc_auc_score(label, baseline.predict(test_data.map(lambda x, y: x["structured"]), verbose=0).squeeze())
