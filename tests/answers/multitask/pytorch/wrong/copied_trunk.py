"""The trunk is deep-copied for the second head, so the layers are equal at first but not the same."""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
import copy


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        gedeeld = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.tak_quality = nn.Sequential(gedeeld, nn.Linear(32, 1))
        self.tak_good = nn.Sequential(copy.deepcopy(gedeeld), nn.Linear(32, 1))

    def forward(self, x):
        return {"quality": self.tak_quality(x), "good": self.tak_good(x)}


model = Net()
# %% loss
def multitask_loss(outputs, quality, good):
    mse = F.mse_loss(outputs["quality"].flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(outputs["good"].flatten(), good)
    return mse + bce
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
for epoch in trange(50):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    out = model(X)
mae = (out["quality"].flatten() - quality).abs().mean().item()
accuracy = ((out["good"].flatten() > 0) == (good == 1)).float().mean().item()
