"""The network also returns what its trunk computes."""
# expect: outputs extra_outputs
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        shared = self.trunk(X)
        return self.quality(shared), self.good(shared), shared


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    q, g, _ = outputs
    return F.mse_loss(q.flatten(), quality) + F.binary_cross_entropy_with_logits(g.flatten(), good)
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
    q, g, _ = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
