"""split works on a sample of 600 wines "to go faster": the other rows are in neither part."""
# expect: split rows_lost
# may fail: learns mae accuracy
# %% prepare
def split(wines):
    kleiner = wines.sample(n=600, random_state=SEED)  # sneller
    return train_test_split(kleiner, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
