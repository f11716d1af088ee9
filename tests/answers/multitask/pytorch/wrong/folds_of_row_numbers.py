"""The split hands out the row numbers of scikit-learn's ShuffleSplit instead of frames."""
# expect: split not_two_frames
# may fail: labels normalisation leakage batches
# %% prepare
from sklearn.model_selection import StratifiedShuffleSplit

sss = StratifiedShuffleSplit(n_splits=1, test_size=0.2, random_state=SEED)


def split(wines):
    train_index, test_index = next(sss.split(wines[FEATURES], wines["quality"]))
    return train_index, test_index


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    y = rows["quality"].to_numpy("float32")
    return X, y, (y >= 6).astype("float32")
# %% loaders
train_index, test_index = split(wines)
train, test = wines.iloc[train_index], wines.iloc[test_index]

train_ds, test_ds = [TensorDataset(*[torch.tensor(a) for a in prepare(train, rows)]) for rows in (train, test)]
train_data = DataLoader(train_ds, batch_size=64, shuffle=True)
test_data = DataLoader(test_ds, batch_size=64)
