"""The head for good has two units, one for each class, with a cross-entropy."""
# expect: outputs two_wide_output
# may fail: regression_term classification_term weights learns mae accuracy reported
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 2)  # slecht en goed

    def forward(self, X):
        h = self.trunk(X)
        return self.quality(h), self.good(h)


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    q, logits = outputs
    return F.mse_loss(q.flatten(), quality) + F.cross_entropy(logits, good.long())
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
    q, logits = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = (logits.argmax(dim=1) == good.long()).float().mean().item()
