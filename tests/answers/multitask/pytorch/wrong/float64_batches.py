"""The batches are float64 and the network is float32, so the first step raises."""
# expect: batches wrong_dtype
# may fail: outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES])
    quality = rows["quality"].to_numpy()
    good = (quality >= 6).astype(float)
    return X, quality, good
