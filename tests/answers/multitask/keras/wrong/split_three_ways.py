"""A validation part is split off inside split and thrown away: a quarter of the rows is lost."""
# expect: split rows_lost
# may fail: mae accuracy
# %% prepare
def split(wines):
    train, rest = train_test_split(wines, test_size=0.4, random_state=SEED)
    val, test = train_test_split(rest, test_size=0.4, random_state=SEED)
    return train, test


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
