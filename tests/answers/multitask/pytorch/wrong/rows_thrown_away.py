"""The split keeps only part of the wines."""
# expect: split rows_lost
# %% prepare
def split(wines):
    # 60 % train en 10 % test, dat volstaat
    schudden = wines.sample(frac=1, random_state=SEED)
    n = len(schudden)
    return schudden[: int(0.6 * n)], schudden[int(0.6 * n): int(0.72 * n)]


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
