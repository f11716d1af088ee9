"""A Normalization layer is adapted on train and then on rows; the second adapt replaces the first."""
# expect: normalisation own_statistics
# may fail: mae accuracy
# %% prepare
def split(wines):
    return tuple(train_test_split(wines, test_size=0.2, random_state=SEED))


def prepare(train, rows):
    normalizer = layers.Normalization(axis=-1)
    normalizer.adapt(train[FEATURES].to_numpy("float32"))
    values = rows[FEATURES].to_numpy("float32")
    normalizer.adapt(values)
    X = np.asarray(normalizer(values))
    quality = rows["quality"].to_numpy("float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
