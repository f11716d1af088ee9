"""The split gives three parts, with the validation part in the middle."""
# expect: split not_two_frames
# may fail: labels normalisation leakage
# %% prepare
def split(wines):
    train, rest = train_test_split(wines, test_size=0.3, random_state=SEED)
    val, test = train_test_split(rest, test_size=0.5, random_state=SEED)
    return train, val, test


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% loaders
train, val, test = split(wines)

train_data = DataLoader(TensorDataset(*map(torch.tensor, prepare(train, train))), batch_size=32, shuffle=True)
val_data = DataLoader(TensorDataset(*map(torch.tensor, prepare(train, val))), batch_size=32)
test_data = DataLoader(TensorDataset(*map(torch.tensor, prepare(train, test))), batch_size=32)
