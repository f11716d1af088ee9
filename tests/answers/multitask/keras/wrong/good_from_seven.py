"""good means a score above 6."""
# expect: labels wrong_threshold
# may fail: batches accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = np.array([1 if q > 6 else 0 for q in quality], dtype="float32")
    return X, quality, good
