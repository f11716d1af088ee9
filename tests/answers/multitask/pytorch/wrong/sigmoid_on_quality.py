"""A sigmoid on both outputs, so the score stays below 1."""
# expect: outputs squashed_quality
# may fail: learns mae
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return torch.sigmoid(self.quality(h)), torch.sigmoid(self.good(h))


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    q, p = outputs
    return F.mse_loss(q.flatten(), quality) + F.binary_cross_entropy(p.flatten(), good)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.05)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    q, p = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((p.flatten() > 0.5) == (good == 1)).float().mean().item()
