"""The Dataset indexes a Series by position, which looks up labels of the index and raises."""
# expect: batches raised
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


class WineData(torch.utils.data.Dataset):
    def __init__(self, rows):
        self.X = torch.tensor(prepare(train, rows)[0])
        self.quality = rows["quality"].astype("float32")
        self.good = (rows["quality"] >= 6).astype("float32")

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i], self.quality[i], self.good[i]


train_data = DataLoader(WineData(train), batch_size=32, shuffle=True)
test_data = DataLoader(WineData(test), batch_size=32)
