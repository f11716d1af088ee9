"""An R user's style: apply everywhere, ln of skewed columns, train_on_batch(return_dict) on shuffled rows."""
# expect: full marks
# %% inspect
fns = dict(mean=np.mean, sd=np.std, min=np.min, max=np.max)
statistics = pd.DataFrame({fn: [f(wines[col].values) for col in wines.columns] for fn, f in fns.items()})
statistics.index = wines.columns

tbl = wines["quality"].value_counts()
figure_quality = plt.figure()
plt.bar([str(s) for s in sorted(tbl.index)], [tbl[s] for s in sorted(tbl.index)])
plt.xlab = "quality"
plt.title("table(wines$quality)")

figure_good = plt.figure()
tbl_good = (wines["quality"] >= 6).map({True: "good", False: "bad"}).value_counts()
plt.barh(tbl_good.index, tbl_good.values)
statistics
# %% prepare
LOG_COLS = ["residual_sugar", "chlorides", "free_sulfur_dioxide", "total_sulfur_dioxide", "sulphates"]


def split(wines):
    np.random.seed(1)
    idx = np.random.choice(len(wines), size=round(0.8 * len(wines)), replace=False)
    train = wines.iloc[idx]
    test = wines.iloc[[i for i in range(len(wines)) if i not in set(idx)]]
    return train, test


def prepare(train, rows):
    def features(df):
        x = df[FEATURES].copy()
        x[LOG_COLS] = x[LOG_COLS].apply(np.log)
        return x

    center = features(train).apply(np.mean)
    scale = features(train).apply(np.std)
    x = features(rows).apply(lambda col: (col - center[col.name]) / scale[col.name])
    y1 = rows["quality"].astype(float)
    y2 = pd.Series([1 if s >= 6 else 0 for s in rows["quality"]], index=rows.index)
    return x, y1, y2
# %% loaders
train, test = split(wines)

as_matrix = lambda v: np.asarray(v, dtype="float32")
train_data = tuple(map(as_matrix, prepare(train, train)))
test_data = tuple(map(as_matrix, prepare(train, test)))
# %% model
input_layer = layers.Input(shape=[11])
base = input_layer
for units, rate in zip([64, 32], [0.1, 0.0]):
    base = layers.Dense(units)(base)
    base = layers.LeakyReLU(negative_slope=0.1)(base)
    base = layers.Dropout(rate)(base)

score = layers.Dense(1, activation="softplus", name="quality")(base)
prob = layers.Dense(1, activation="sigmoid", name="good")(base)
model = keras.Model(inputs=input_layer, outputs=dict(quality=score, good=prob))
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.002),
    loss=dict(quality="mean_squared_error", good="binary_crossentropy"),
    loss_weights=dict(quality=0.5, good=1),
)
# %% train
x, y1, y2 = train_data
n = x.shape[0]
batch_size = 32
loss_log = []
for epoch in tqdm(range(45)):
    shuffled = np.random.permutation(n)
    for start in range(0, n, batch_size):
        i = shuffled[start:start + batch_size]
        out = model.train_on_batch(x[i], dict(quality=y1[i], good=y2[i]), return_dict=True)
    loss_log.append(dict(epoch=epoch + 1, **{k: float(v) for k, v in out.items()}))
    model.reset_metrics()

loss_log = pd.DataFrame(loss_log).set_index("epoch")
loss_log[[c for c in loss_log if c != "loss"]].plot();
# %% evaluate
pred = model.predict_on_batch(test_data[0])
mae = np.mean(np.abs(np.asarray(pred["quality"])[:, 0] - test_data[1]))
confusion = pd.crosstab(np.asarray(pred["good"])[:, 0] > 0.5, test_data[2] == 1)
accuracy = np.trace(confusion.values) / confusion.values.sum()
confusion
