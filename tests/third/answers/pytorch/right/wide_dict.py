"""Outputs in a dict by name, a wider trunk with dropout, targets scaled inside the network, equal weights."""
# expect: full marks
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(9, 48), nn.GELU(), nn.Dropout(0.1), nn.Linear(48, 24), nn.GELU())
        self.heads = nn.ModuleDict({name: nn.Linear(24, 1) for name in ("progression", "high", "sex")})

    def forward(self, x):
        shared = self.trunk(x)
        found = {name: head(shared).squeeze(-1) for name, head in self.heads.items()}
        return {**found, "progression": 152 + 77 * found["progression"]}


model = Net()
# %% loss
def loss_function(outputs, progression, high, sex):
    error = outputs["progression"] - progression
    binary = nn.BCEWithLogitsLoss()
    return 2e-4 * (error**2).mean() + binary(outputs["high"], high) + binary(outputs["sex"], sex)
# %% evaluate
X, progression, high, sex = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    outputs = model(X)
mae = float(np.abs(outputs["progression"].numpy() - progression.numpy()).mean())
high_accuracy = float(((outputs["high"] > 0).float() == high).float().mean())
sex_accuracy = float(((outputs["sex"] > 0).float() == sex).float().mean())
