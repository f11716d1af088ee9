"""The heads are in a plain dict and so no parameters of the model: the optimizer never sees them."""
# expect: learns heads_not_moved
# may fail: outputs shared_trunk two_heads non_linear mae accuracy
# %% model
class MultiHead(nn.Module):
    def __init__(self, n_features, tasks=("quality", "good")):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(n_features, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU())
        self.heads = {task: nn.Linear(64, 1) for task in tasks}

    def forward(self, x):
        h = self.trunk(x)
        return {task: head(h).squeeze(-1) for task, head in self.heads.items()}


model = MultiHead(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    mse = F.mse_loss(outputs["quality"], quality)
    bce = F.binary_cross_entropy_with_logits(outputs["good"], good)
    return 0.5 * mse + bce
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
model.eval()
with torch.no_grad():
    batches = [(model(X), quality, good) for X, quality, good in test_data]
mae = np.mean(np.concatenate([(out["quality"] - q).abs().numpy() for out, q, _ in batches]))
accuracy = np.mean(np.concatenate([((out["good"] > 0) == (g > 0.5)).numpy() for out, _, g in batches]))
