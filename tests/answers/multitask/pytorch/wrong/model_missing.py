"""The network is called net everywhere, so there is no model."""
# expect: outputs missing
# expect: learns missing
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights mae accuracy reported
# %% model
class MultiTaskNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return self.quality(h), self.good(h)


net = MultiTaskNet()
print(net)
# %% train
optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.3)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(net(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    q, g = net(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
