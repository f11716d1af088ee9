"""A copied line: the test rows go through fit_transform too, so the scaler forgets the training rows."""
# expect: normalisation own_statistics
# %% prepare
from sklearn.preprocessing import RobustScaler


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=123)


def prepare(train, rows):
    sc = RobustScaler()
    X_train = sc.fit_transform(train[FEATURES])
    X_rows = sc.fit_transform(rows[FEATURES])

    y = rows.quality.values.astype(np.float32)
    return X_rows.astype(np.float32), y, np.where(y >= 6, 1, 0).astype(np.float32)
