"""split adds a column `good`, prepare works without it; figures are Axes of one subplot grid; accuracy in percent."""
# expect: full marks
# %% inspect
statistics = pd.concat([wines.mean(), wines.std(), wines.min(), wines.max()], axis=1)
statistics.columns = ["mean", "std", "min", "max"]

fig, (figure_quality, figure_good) = plt.subplots(1, 2, figsize=(10, 4))
figure_quality.hist(wines["quality"], bins=[3, 4, 5, 6, 7, 8, 9], align="left", edgecolor="white")
figure_quality.set_title("kwaliteit")
aantallen = (wines["quality"] >= 6).map({True: "goed", False: "slecht"}).value_counts()
figure_good.bar(aantallen.index, aantallen.values)
fig.tight_layout()
# %% prepare
def split(wines):
    wines = wines.assign(good=(wines["quality"] >= 6).astype(int))
    train, test = train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["good"])
    return train, test


def prepare(train, rows):
    scaler = StandardScaler()
    scaler.fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES])
    quality = rows["quality"].to_numpy()
    good = quality > 5
    return X, quality, good
# %% loaders
train, test = split(wines)


def make_ds(rows, shuffle=False):
    X, quality, good = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices(
        (X.astype("float32"), {"quality": quality.astype("float32"), "good": good.astype("float32")})
    )
    if shuffle:
        ds = ds.shuffle(len(rows))
    return ds.batch(32)


train_data, test_data = make_ds(train, shuffle=True), make_ds(test)
# %% evaluate
mae_metric = keras.metrics.MeanAbsoluteError()
acc_metric = keras.metrics.BinaryAccuracy()
for X, y in test_data:
    out = model(X, training=False)
    mae_metric.update_state(y["quality"][:, None], out["quality"])
    acc_metric.update_state(y["good"][:, None], out["good"])
mae = mae_metric.result()
accuracy = 100 * acc_metric.result()
print(f"MAE {float(mae):.3f}, accuracy {float(accuracy):.1f} %")
