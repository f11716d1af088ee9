"""A helper that makes loaders shuffles by default, and nobody tells it not to for the test part."""
# expect: shuffle test_shuffled
# %% loaders
from torch.utils.data import Dataset


class WijnDataset(Dataset):
    def __init__(self, train, rows):
        self.tensors = tuple(torch.tensor(np.asarray(v), dtype=torch.float32) for v in prepare(train, rows))

    def __len__(self):
        return len(self.tensors[0])

    def __getitem__(self, i):
        x, q, g = self.tensors
        return x[i], q[i], g[i]


def maak_loader(rows, batch_size=32, shuffle=True, **kwargs):
    return DataLoader(WijnDataset(train, rows), batch_size=batch_size, shuffle=shuffle, **kwargs)


train, test = split(wines)
train_data = maak_loader(train)
test_data = maak_loader(test, batch_size=256)
