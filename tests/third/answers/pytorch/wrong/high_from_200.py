"""high starts at 200 instead of at 150."""
# expect: labels wrong_threshold
# may fail: batches high_term high_accuracy learns
# %% prepare
def split(patients):
    return train_test_split(patients, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    progression = rows["progression"].to_numpy(dtype="float32")
    return X, progression, (progression >= 200).astype("float32"), (rows["sex"] >= 2).to_numpy(dtype="float32")
