"""A LabelEncoder numbers "goed" before "slecht"; the split keeps a validation part apart, which it may."""
# expect: labels inverted
# may fail: batches accuracy classification_term
# %% prepare
from sklearn.preprocessing import LabelEncoder


def split(wines):
    # 70 / 15 / 15
    train, rest = train_test_split(wines, test_size=0.3, random_state=SEED, stratify=wines["quality"])
    validation, test = train_test_split(rest, test_size=0.5, random_state=SEED)
    return train, test


def prepare(train, rows):
    scaler = StandardScaler()
    scaler.fit(train[FEATURES].values)
    X = scaler.transform(rows[FEATURES].values)

    quality = rows["quality"].values
    klasse = np.where(quality >= 6, "goed", "slecht")
    encoder = LabelEncoder().fit(["slecht", "goed"])
    good = encoder.transform(klasse)
    return X.astype(np.float32), quality.astype(np.float32), good.astype(np.float32)
