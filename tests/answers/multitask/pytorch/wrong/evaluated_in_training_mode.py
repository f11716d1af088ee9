"""model.eval() is forgotten at the evaluation: the dropout still drops half of the trunk."""
# expect: reported training_mode
# may fail: mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(n_in, 128), nn.ReLU(), nn.Dropout(0.5))
        self.quality = nn.Linear(128, 1)
        self.good = nn.Linear(128, 1)

    def forward(self, x):
        h = self.shared(x)
        return self.quality(h), self.good(h)


model = Net(11)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0).float() == good).float().mean().item()
