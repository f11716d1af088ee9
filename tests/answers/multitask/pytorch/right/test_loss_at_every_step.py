"""Batch norm, and the test loss in training mode without gradients, measured between backward and every step."""
# expect: full marks
# %% model
class MultiTaskNet(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Linear(features, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 32), nn.ReLU()
        )
        self.quality, self.good = nn.Linear(32, 1), nn.Linear(32, 1)

    def forward(self, X):
        shared = self.trunk(X)
        return {"good": self.good(shared), "quality": self.quality(shared)}


model = MultiTaskNet(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    mse = F.mse_loss(outputs["quality"].flatten(), quality.flatten())
    return 0.5 * mse + F.binary_cross_entropy_with_logits(outputs["good"].flatten(), good.flatten())
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
curve = []
X_test, quality_test, good_test = test_data.dataset.tensors
for epoch in trange(50):
    for X, quality, good in train_data:
        model.train()
        loss = multitask_loss(model(X), quality, good)
        optimizer.zero_grad()
        loss.backward()
        with torch.no_grad():  # tussen de gradiënt en de stap: alleen meten, elke stap opnieuw
            curve.append(multitask_loss(model(X_test), quality_test, good_test).item())
        optimizer.step()
plt.plot(curve);
# %% evaluate
model.train()
with torch.no_grad():
    for X, *_ in train_data:
        model(X)
model.eval()
with torch.no_grad():
    outputs = model(X_test)
mae = (outputs["quality"].flatten() - quality_test).abs().mean().item()
accuracy = ((outputs["good"].flatten() > 0) == (good_test == 1)).float().mean().item()
