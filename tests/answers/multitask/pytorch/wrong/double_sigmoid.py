"""A sigmoid in the model and a BCE that applies it again."""
# expect: classification_term double_sigmoid
# may fail: learns accuracy reported
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, X):
        h = self.trunk(X)
        return self.quality(h), torch.sigmoid(self.good(h))


model = Net()
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, p = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((p.flatten() > 0.5) == (good == 1)).float().mean().item()
