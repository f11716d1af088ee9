"""The scaler is fitted once on all wines, test part included."""
# expect: normalisation all_rows
# %% prepare
scaler = StandardScaler()
scaler.fit(wines[FEATURES])


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
