"""prepare pulls the rare scores in to 4 and 7, as if they were outliers: no 3 and no 8 is left in the labels."""
# expect: labels not_quality
# may fail: regression_term, batches
# %% prepare
def split(wines):
    train, test = train_test_split(wines, test_size=1 / 4, random_state=7)
    return train, test


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES].to_numpy())
    X = np.clip(scaler.transform(rows[FEATURES].to_numpy()), -3, 3).astype(np.float32)
    # scores 3 en 8 komen bijna niet voor: winsoriseren
    quality = rows["quality"].clip(lower=4, upper=7).to_numpy(np.float32)
    good = (quality >= 6).astype(np.float32)
    return X, quality, good
