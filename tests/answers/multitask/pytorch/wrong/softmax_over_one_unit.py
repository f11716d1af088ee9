"""A softmax over a single unit: the output good is 1 for every wine."""
# expect: outputs constant_output
# may fail: shared_trunk two_heads non_linear learns accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Sequential(nn.Linear(32, 1), nn.Softmax(dim=1))

    def forward(self, X):
        h = self.trunk(X)
        return self.quality(h), self.good(h)


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    q, p = outputs
    mse = F.mse_loss(q.flatten(), quality)
    bce = F.binary_cross_entropy(p.flatten(), good)
    return mse + bce
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
    q, p = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((p.flatten() > 0.5) == (good == 1)).float().mean().item()
