"""Preparation by hand in numpy: the first 80 % of the rows, ddof 0, float64 everywhere, statistics without describe."""
# expect: full marks
# %% inspect
tabel = {}
for kolom in wines.columns:
    waarden = wines[kolom].to_numpy()
    tabel[kolom] = {
        "gemiddelde": np.mean(waarden),
        "std": np.std(waarden),
        "minimum": np.min(waarden),
        "maximum": np.max(waarden),
    }
statistics = pd.DataFrame(tabel)

figure_quality = plt.figure()
for score in range(0, 11):
    plt.bar(score, np.sum(wines["quality"] == score), color="purple")
plt.xlabel("score")

figure_good = plt.figure()
plt.bar([0, 1], [np.sum(wines["quality"] < 6), np.sum(wines["quality"] >= 6)], tick_label=["slecht", "goed"])
# %% prepare
def split(wines):
    grens = int(0.8 * len(wines))
    return wines.iloc[:grens], wines.iloc[grens:]


def prepare(train, rows):
    ruw = train[FEATURES].to_numpy()
    mu = ruw.mean(axis=0)
    sigma = ruw.std(axis=0)
    X = (rows[FEATURES].to_numpy() - mu) / sigma
    quality = rows["quality"].to_numpy().astype(float)
    good = np.where(quality >= 6, 1.0, 0.0)
    return X, quality, good
# %% loaders
train, test = split(wines)
train_data = prepare(train, train)
test_data = prepare(train, test)
# %% train
X, quality, good = train_data
log = model.fit(X, {"quality": quality, "good": good}, batch_size=64, epochs=60, verbose=0)
plt.figure()
plt.plot(log.history["quality_loss"])
plt.plot(log.history["good_loss"]);
# %% evaluate
X, quality, good = test_data
p = model.predict(X, verbose=0)
verschil = p["quality"][:, 0] - quality
mae = np.abs(verschil).sum() / len(verschil)
accuracy = ((p["good"][:, 0] > 0.5) == (good == 1)).sum() / len(good)
