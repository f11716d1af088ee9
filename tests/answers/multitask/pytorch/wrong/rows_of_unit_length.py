"""Normalizer of scikit-learn gives every row length one, so the columns keep very different scales."""
# expect: normalisation ignores_train
# may fail: learns mae accuracy
# %% prepare
from sklearn.preprocessing import Normalizer


def split(wines):
    train, test = train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"] >= 6)
    return train, test


def prepare(train, rows):
    normalizer = Normalizer()  # normaliseren
    normalizer.fit(train[FEATURES])
    X = normalizer.transform(rows[FEATURES])
    labels = rows["quality"].to_numpy()
    return X.astype("float32"), labels.astype("float32"), (labels >= 6).astype("float32")
