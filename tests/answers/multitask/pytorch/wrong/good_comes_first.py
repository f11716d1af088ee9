"""The network returns the probability first and the score second, and the rest of the notebook follows that order."""
# expect: outputs swapped_outputs
# may fail: regression_term classification_term weights learns mae accuracy reported
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.good = nn.Sequential(nn.Linear(32, 1), nn.Sigmoid())
        self.quality = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return self.good(h), self.quality(h)


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    p, q = outputs
    return F.mse_loss(q.flatten(), quality) + F.binary_cross_entropy(p.flatten(), good)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    p, q = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((p.flatten() > 0.5) == (good == 1)).float().mean().item()
