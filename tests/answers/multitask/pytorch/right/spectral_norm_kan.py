"""A trunk of learned curves (radial basis functions on every feature, as in KANs) with spectral normalisation after it."""
# expect: full marks
# %% model
class KANLayer(nn.Module):
    """Each output is a sum of learned one-dimensional functions of the inputs, plus a SiLU path."""

    def __init__(self, d_in, d_out, knots=8, low=-3.0, high=3.0):
        super().__init__()
        self.register_buffer("grid", torch.linspace(low, high, knots))
        self.width = (high - low) / (knots - 1)
        self.curves = nn.Parameter(0.1 * torch.randn(d_out, d_in, knots) / d_in ** 0.5)
        self.base = nn.Linear(d_in, d_out)

    def forward(self, x):
        basis = torch.exp(-(((x.unsqueeze(-1) - self.grid) / self.width) ** 2))
        return torch.einsum("nik,oik->no", basis, self.curves) + self.base(F.silu(x))


class WineKAN(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.kan = KANLayer(n_features, 24)
        self.mix = nn.utils.parametrizations.spectral_norm(nn.Linear(24, 24))
        self.to_quality, self.to_good = nn.Linear(24, 1), nn.Linear(24, 1)

    def forward(self, x):
        h = torch.tanh(self.mix(torch.tanh(self.kan(x))))
        return self.to_quality(h), self.to_good(h)


model = WineKAN(len(FEATURES))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3, weight_decay=1e-3)
losses = []
for epoch in range(60):
    model.train()
    total = 0
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
        total += loss.item()
    losses.append(total / len(train_data))
plt.semilogy(losses)
plt.show()
