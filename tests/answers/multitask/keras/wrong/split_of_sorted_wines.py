"""An extra cell sorts the wines by score; split then takes the first rows for training, without shuffling."""
# expect: split sorted_parts
# may fail: mae accuracy batches
# %% +after inspect
wines = wines.sort_values("quality", ascending=False)
wines.head()
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.25, shuffle=False)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    return X, quality, (quality >= 6).astype("float32")
