"""Two mistakes: five bars for six scores, and two samples that overlap instead of a split."""
# expect: histograms wrong_counts
# expect: split overlap
# may fail: batches mae accuracy reported
# %% inspect
statistics = wines.describe()
figure_quality = plt.figure()
plt.hist(wines["quality"], bins=5)
figure_good = plt.figure()
plt.bar(["slecht", "goed"], [(wines["quality"] < 6).sum(), (wines["quality"] >= 6).sum()])
# %% prepare
def split(wines):
    return wines.sample(frac=0.8, random_state=1), wines.sample(frac=0.2, random_state=2)


def prepare(train, rows):
    lo, hi = train[FEATURES].min(), train[FEATURES].max()
    X = ((rows[FEATURES] - lo) / (hi - lo)).to_numpy("float32")
    quality = rows["quality"].to_numpy("float32")
    return X, quality, (quality >= 6).astype("float32")
