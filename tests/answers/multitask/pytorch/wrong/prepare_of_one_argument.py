"""The function prepare takes only the rows and keeps its scaler in a global."""
# expect: labels raised
# may fail: normalisation leakage mae accuracy
# %% prepare
scaler = StandardScaler()


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(rows):
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    return X, quality, (quality >= 6).astype("float32")
# %% loaders
train, test = split(wines)
scaler.fit(train[FEATURES])

train_data = DataLoader(TensorDataset(*map(torch.tensor, prepare(train))), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*map(torch.tensor, prepare(test))), batch_size=64)
