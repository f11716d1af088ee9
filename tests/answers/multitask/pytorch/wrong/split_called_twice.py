"""The split has no seed and is called once for each part, so most test rows are in the training loader."""
# expect: batches test_rows_in_training
# may fail: mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    quality = rows["quality"].to_numpy(dtype=np.float32)
    return scaler.transform(rows[FEATURES]).astype(np.float32), quality, (quality >= 6).astype(np.float32)
# %% loaders
train = split(wines)[0]
test = split(wines)[1]

train_set = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, train)])
test_set = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, test)])
train_data = DataLoader(train_set, batch_size=50, shuffle=True)
test_data = DataLoader(test_set, batch_size=50)
