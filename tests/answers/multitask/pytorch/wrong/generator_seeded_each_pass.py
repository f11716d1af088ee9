"""A loader of its own seeds its generator at the start of every pass, so the wines come in one order each time."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)


class Batches:
    def __init__(self, rows, batch_size=64, shuffle=False, seed=SEED):
        self.dataset = TensorDataset(*(torch.from_numpy(v) for v in prepare(train, rows)))
        self.batch_size, self.shuffle, self.seed = batch_size, shuffle, seed

    def __iter__(self):
        n = len(self.dataset)
        order = torch.arange(n)
        if self.shuffle:
            generator = torch.Generator().manual_seed(self.seed)  # reproduceerbaar
            order = torch.randperm(n, generator=generator)
        for chunk in order.split(self.batch_size):
            yield self.dataset[chunk]

    def __len__(self):
        return -(-len(self.dataset) // self.batch_size)


train_data = Batches(train, shuffle=True)
test_data = Batches(test)
