"""Early: TextVectorization inside prepare, an embedding of the ids laid flat next to the columns."""
# expect: full marks
# %% prepare
def split(passengers):
    strata = passengers["survived"].astype(str) + passengers["pclass"].astype(str)
    train_df, test_df = train_test_split(passengers, test_size=0.18, random_state=7, stratify=strata)
    return train_df, test_df


MAX_TOKENS = 60
SEQ_LEN = 8


def prepare(train, rows):
    # 1) text -> ids
    vectorizer = layers.TextVectorization(
        max_tokens=MAX_TOKENS, output_mode="int", output_sequence_length=SEQ_LEN
    )
    vectorizer.adapt(tf.constant(train["name"].tolist()))
    names = vectorizer(tf.constant(rows["name"].tolist())).numpy()

    # 2) numbers
    norm = layers.Normalization()
    num_cols = ["age", "sibsp", "parch", "fare"]
    means = train[num_cols].mean()
    norm.adapt(train[num_cols].fillna(means).to_numpy("float32"))
    numbers = norm(rows[num_cols].fillna(means).to_numpy("float32")).numpy()

    # 3) categories
    blocks = [numbers]
    for col in ["pclass", "sex", "embarked"]:
        lookup = layers.StringLookup(output_mode="one_hot", num_oov_indices=1)
        lookup.adapt(tf.constant(train[col].dropna().astype(str).tolist()))
        blocks.append(lookup(tf.constant(rows[col].fillna("?").astype(str).tolist())).numpy())
    structured = np.concatenate(blocks, axis=-1).astype("float32")

    return structured, names, rows["survived"].to_numpy(dtype="float32").reshape(-1, 1)
# %% model
n_cols = next(iter(train_data))[0]["structured"].shape[-1]

structured_in = keras.Input(shape=(n_cols,), name="structured")
names_in = keras.Input(shape=(SEQ_LEN,), dtype="int64", name="names")

embedded = layers.Embedding(input_dim=MAX_TOKENS, output_dim=3, name="word_embedding")(names_in)
embedded = layers.Flatten()(embedded)
x = layers.Concatenate(name="side_by_side")([structured_in, embedded])
x = layers.Dense(32, activation="relu")(x)
x = layers.Dropout(0.3)(x)
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid", name="survived")(x)

model = keras.Model(inputs={"structured": structured_in, "names": names_in}, outputs=out)
fusion = "Early"
# %% loss
model.compile(
    optimizer=keras.optimizers.Nadam(learning_rate=3e-3),
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.BinaryAccuracy(name="acc")],
)
# %% evaluate
ys, ps = [], []
for xb, yb in test_data:
    ys.extend(yb.numpy().flatten().tolist())
    ps.extend(model.predict_on_batch(xb).flatten().tolist())
auc = roc_auc_score(ys, ps)
_, accuracy = model.evaluate(test_data, verbose=0)
print(auc, accuracy)
