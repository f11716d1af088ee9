"""A PyDataset whose batches read an attribute that does not exist."""
# expect: batches raised
# may fail: shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights
# may fail: learns mae accuracy reported
# %% loaders
train, test = split(wines)


class Wijnen(keras.utils.PyDataset):
    def __init__(self, X, quality, good, **kwargs):
        super().__init__(**kwargs)
        self.X, self.quality, self.good = X, quality, good

    def __len__(self):
        return len(self.X) // 32

    def __getitem__(self, i):
        s = slice(i * self.batch, (i + 1) * self.batch)
        return self.X[s], {"quality": self.quality[s], "good": self.good[s]}


train_data = Wijnen(*prepare(train, train))
test_data = Wijnen(*prepare(train, test))
