"""The function that splits has another name."""
# expect: split missing
# may fail: labels normalisation leakage
# %% prepare
def split_data(wines):
    train, test = train_test_split(wines, test_size=0.2, random_state=SEED)
    return train, test


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% loaders
train, test = split_data(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.tensor(values) for values in prepare(train, rows)))


train_data = DataLoader(make_dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=256)
