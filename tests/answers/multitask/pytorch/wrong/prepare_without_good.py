"""The function prepare returns X and quality only; good is made in the loaders."""
# expect: labels not_three
# may fail: normalisation leakage mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES])
    return X.astype(np.float32), rows["quality"].to_numpy(dtype=np.float32)
# %% loaders
train, test = split(wines)


def dataset(rows):
    X, quality = prepare(train, rows)
    X, quality = torch.tensor(X), torch.tensor(quality)
    return TensorDataset(X, quality, (quality >= 6).float())


train_data = DataLoader(dataset(train), batch_size=64, shuffle=True)
test_data = DataLoader(dataset(test), batch_size=64)
