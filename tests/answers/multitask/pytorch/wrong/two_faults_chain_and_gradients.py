"""Two mistakes: the head for good works on the predicted score, and the gradients are never set to zero."""
# expect: two_heads chained_heads
# expect: learns zero_grad
# may fail: mae accuracy shared_trunk
# %% model
class ChainNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.regression = nn.Linear(32, 1)
        self.classification = nn.Linear(33, 1)

    def forward(self, x):
        h = self.body(x)
        q = self.regression(h)
        return q, self.classification(torch.cat([h, q], dim=1))


model = ChainNet()
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in trange(30):
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
