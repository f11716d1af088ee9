"""The function that prepares has another name."""
# expect: labels missing
# may fail: normalisation leakage mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def preprocess(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% loaders
train, test = split(wines)
train_data = DataLoader(TensorDataset(*map(torch.tensor, preprocess(train, train))), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*map(torch.tensor, preprocess(train, test))), batch_size=64)
