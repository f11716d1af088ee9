"""A LayerNorm over the single unit of the quality head makes its output the same for every wine."""
# expect: outputs constant_output
# may fail: shared_trunk two_heads non_linear learns mae
# %% model
def dense_block(n_in, n_out):
    return nn.Sequential(nn.Linear(n_in, n_out), nn.LayerNorm(n_out), nn.SiLU())


class MultiTaskMLP(nn.Module):
    def __init__(self, dims=(11, 64, 32)):
        super().__init__()
        self.encoder = nn.Sequential(*[dense_block(a, b) for a, b in zip(dims, dims[1:])])
        self.quality = nn.Sequential(nn.Linear(dims[-1], 1), nn.LayerNorm(1))  # stabieler
        self.good = nn.Linear(dims[-1], 1)

    def forward(self, x):
        z = self.encoder(x)
        return self.quality(z), self.good(z)


model = MultiTaskMLP()
