"""Two linear heads directly on the features."""
# expect: shared_trunk no_trunk
# may fail: non_linear
# %% model
class Net(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.quality = nn.Linear(n_in, 1)
        self.good = nn.Linear(n_in, 1)

    def forward(self, x):
        return self.quality(x), self.good(x)


model = Net(11)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-2)
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
