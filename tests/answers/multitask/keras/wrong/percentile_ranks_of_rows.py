"""Every measurement becomes its percentile rank among the rows that are converted, with DataFrame.rank."""
# expect: normalisation own_statistics
# %% prepare
def split(wines):
    shuffled = wines.sample(frac=1, random_state=SEED)
    n_test = len(wines) // 5
    return shuffled.iloc[n_test:], shuffled.iloc[:n_test]


def prepare(train, rows):
    # rangen zijn robuust: scheve kolommen en uitschieters zijn geen probleem meer
    ranks = rows[train.columns.drop("quality")].rank(pct=True)
    X = (2 * ranks - 1).to_numpy(dtype="float32")
    y = rows["quality"].to_numpy(dtype="float32")
    return X, y, np.where(y > 5.5, 1, 0).astype("float32")
