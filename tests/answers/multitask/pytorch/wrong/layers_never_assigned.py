"""The loop over the hidden layers throws their results away, so both linear heads work on the features."""
# expect: shared_trunk no_trunk
# may fail: non_linear learns mae accuracy
# %% model
class MTLNet(nn.Module):
    def __init__(self, n_features=11, n_hidden=11, n_layers=3):
        super().__init__()
        sizes = [n_features] + [n_hidden] * n_layers
        self.hidden = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))
        self.out_quality = nn.Linear(n_hidden, 1)
        self.out_good = nn.Linear(n_hidden, 1)

    def forward(self, inputs):
        h = inputs
        for layer in self.hidden:
            F.leaky_relu(layer(h), 0.1)
        return self.out_quality(h), self.out_good(h)


model = MTLNet()
print(sum(p.numel() for p in model.parameters()), "parameters")
