"""The head for quality works on the features instead of on the trunk."""
# expect: shared_trunk bypass
# may fail: non_linear
# %% model
class Net(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(n_in, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(n_in, 1)
        self.good = nn.Linear(32, 1)
        nn.init.constant_(self.quality.bias, 5.6)

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(x), self.good(h)


model = Net(11)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
model.train()
for epoch in trange(50):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
