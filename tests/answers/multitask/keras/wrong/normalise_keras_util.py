"""keras.utils.normalize scales every wine to length one: no statistics of train are used at all."""
# expect: normalisation ignores_train
# may fail: learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = keras.utils.normalize(rows[FEATURES].to_numpy(dtype="float32"), axis=1)
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
