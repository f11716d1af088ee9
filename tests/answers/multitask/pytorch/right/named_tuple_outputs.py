"""Outputs in a named tuple with good first and quality second: the names tell which is which."""
# expect: full marks
# %% model
from typing import NamedTuple


class Voorspelling(NamedTuple):
    good: torch.Tensor
    quality: torch.Tensor


class WijnModel(nn.Module):
    def __init__(self, in_features: int):
        super().__init__()
        self.romp = nn.Sequential(
            nn.Linear(in_features, 64), nn.SiLU(),
            nn.Linear(64, 32), nn.SiLU(),
        )
        self.hoofd_good = nn.Linear(32, 1)
        self.hoofd_quality = nn.Linear(32, 1)

    def forward(self, X: torch.Tensor) -> Voorspelling:
        h = self.romp(X)
        return Voorspelling(good=self.hoofd_good(h).squeeze(1), quality=self.hoofd_quality(h).squeeze(1))


model = WijnModel(len(FEATURES))
# %% loss
def multitask_loss(outputs: Voorspelling, quality, good) -> torch.Tensor:
    return F.mse_loss(outputs.quality, quality) + 1.5 * F.binary_cross_entropy_with_logits(outputs.good, good)
# %% train
optimizer = torch.optim.NAdam(model.parameters(), lr=3e-3)
losses = []
model.train()
for epoch in trange(60):
    epoch_loss = []
    for X, quality, good in train_data:
        optimizer.zero_grad()
        uit = model(X)
        multitask_loss(uit, quality, good).backward()
        optimizer.step()
        epoch_loss.append([
            F.mse_loss(uit.quality, quality).item(),
            F.binary_cross_entropy_with_logits(uit.good, good).item(),
        ])
    losses.append(np.mean(epoch_loss, axis=0))
plt.plot(losses)
plt.show()
# %% evaluate
model.eval()
maes, accs = [], []
with torch.no_grad():
    for X, quality, good in test_data:
        uit = model(X)
        maes.append((uit.quality - quality).abs().mean().item())
        accs.append(((uit.good > 0) == (good > 0.5)).float().mean().item())
mae = np.mean(maes)  # gemiddelde over de batches
accuracy = np.mean(accs)
