"""A PyDataset that shuffles X in place at every epoch and forgets the labels."""
# expect: batches misaligned
# may fail: shuffle learns mae accuracy reported
# %% loaders
train, test = split(wines)


class WijnReeks(keras.utils.PyDataset):
    def __init__(self, rijen, batch_size=64, schudden=False):
        super().__init__()
        self.X, self.quality, self.good = prepare(train, rijen)
        self.batch_size, self.schudden = batch_size, schudden
        self.on_epoch_end()

    def __len__(self):
        return int(np.ceil(len(self.X) / self.batch_size))

    def __getitem__(self, i):
        deel = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.X[deel], {"quality": self.quality[deel], "good": self.good[deel]}

    def on_epoch_end(self):
        if self.schudden:
            np.random.shuffle(self.X)


train_data = WijnReeks(train, schudden=True)
test_data = WijnReeks(test, batch_size=256)
