"""The labels are put back in index order, the features are not: every wine gets another wine's score."""
# expect: labels misaligned
# may fail: batches learns mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    labels = rows["quality"].sort_index()
    quality = labels.to_numpy(dtype="float32")
    good = (labels >= 6).to_numpy(dtype="float32")
    return X, quality, good
