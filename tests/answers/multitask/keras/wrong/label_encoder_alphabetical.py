"""LabelEncoder numbers the words alphabetically: goed becomes 0 and slecht 1."""
# expect: labels inverted
# may fail: batches accuracy reported
# %% prepare
from sklearn.preprocessing import LabelEncoder


def split(wines):
    train, test = train_test_split(wines, train_size=0.8, random_state=1)
    return train, test


def prepare(train, rows):
    std = StandardScaler()
    std.fit(train[FEATURES])
    X = std.transform(rows[FEATURES]).astype("float32")
    woorden = np.where(rows["quality"] >= 6, "goed", "slecht")
    encoder = LabelEncoder().fit(["slecht", "goed"])  # slecht = 0, goed = 1
    return X, rows["quality"].values.astype("float32"), encoder.transform(woorden).astype("float32")
