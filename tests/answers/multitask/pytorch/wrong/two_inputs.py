"""The network asks for the features in two separate arguments."""
# expect: outputs wrong_inputs
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class TwoInputs(nn.Module):
    def __init__(self):
        super().__init__()
        self.zuren = nn.Linear(5, 16)
        self.rest = nn.Linear(6, 16)
        self.samen = nn.Linear(32, 32)
        self.q = nn.Linear(32, 1)
        self.g = nn.Linear(32, 1)

    def forward(self, a, b):
        h = F.relu(torch.cat([self.zuren(a), self.rest(b)], dim=1))
        h = F.relu(self.samen(h))
        return self.q(h), self.g(h)


model = TwoInputs()
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
for epoch in trange(50):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X[:, :5], X[:, 5:]), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    q, g = model(X[:, :5], X[:, 5:])
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0) == (good == 1)).float().mean().item()
