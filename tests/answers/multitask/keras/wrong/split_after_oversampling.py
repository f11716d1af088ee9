"""The rare scores are copied before the split, so copies of one row land in both parts."""
# expect: split overlap
# may fail: batches mae accuracy reported
# %% prepare
def split(wines):
    # scores 3, 4 en 8 komen bijna niet voor -> oversampling
    rare = wines[wines["quality"].isin([3, 4, 8])]
    balanced = pd.concat([wines, rare, rare, rare])
    return train_test_split(balanced, test_size=0.2, random_state=SEED, stratify=balanced["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES].to_numpy())
    X = scaler.transform(rows[FEATURES].to_numpy()).astype(np.float32)
    quality = rows["quality"].to_numpy().astype(np.float32)
    return X, quality, (quality > 5.5).astype(np.float32)
