"""After the validation of the first epoch the network stays in evaluation mode; its batch norm learns no averages."""
# expect: learns evaluation_mode
# may fail: mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.romp = nn.Sequential(nn.Linear(n_in, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.kop_q = nn.Linear(32, 1)
        self.kop_g = nn.Linear(32, 1)

    def forward(self, x):
        h = self.romp(x)
        return {"quality": self.kop_q(h), "good": self.kop_g(h)}


model = Net(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    mse = F.mse_loss(outputs["quality"].squeeze(1), quality)
    bce = F.binary_cross_entropy_with_logits(outputs["good"].squeeze(1), good)
    return 0.5 * mse + bce
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.3)
verloop = []
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        loss = multitask_loss(model(X), quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        verloop.append(sum(multitask_loss(model(X), q, g).item() for X, q, g in test_data))
plt.plot(verloop);
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    out = model(X)
mae = (out["quality"].flatten() - quality).abs().mean().item()
accuracy = ((out["good"].flatten() > 0) == (good == 1)).float().mean().item()
