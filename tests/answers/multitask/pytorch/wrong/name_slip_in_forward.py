"""All blocks are eleven wide, so it goes unnoticed that the head for good gets x and not the output of the blocks.

Nothing in what is computed says that the blocks were meant to be shared: a deeper network for quality beside a
shallower one for good is the very same, so it is judged as two networks.  Only a head of one layer is a bypass.
"""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
class Block(nn.Module):
    def __init__(self, d, expand=4):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d, expand * d), nn.ReLU(), nn.Linear(expand * d, d), nn.ReLU())

    def forward(self, x):
        return self.net(x)


class ResidualFreeNet(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.block1 = Block(d)
        self.block2 = Block(d)
        self.quality_out = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1))
        self.good_out = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        x1 = self.block1(x)
        x2 = self.block2(x1)
        quality = self.quality_out(x2)
        good = self.good_out(x)
        return quality, good


model = ResidualFreeNet(len(FEATURES))
