"""Outputs in a dataclass, and batches that are one dict with X and both labels."""
# expect: full marks
# %% loaders
train, test = split(wines)


class DictDataset(torch.utils.data.Dataset):
    """Geeft per wijn een dict terug."""

    def __init__(self, rows):
        self.X, self.quality, self.good = (torch.as_tensor(v) for v in prepare(train, rows))

    def __len__(self):
        return self.X.shape[0]

    def __getitem__(self, idx):
        return {"X": self.X[idx], "quality": self.quality[idx], "good": self.good[idx]}


train_data = DataLoader(DictDataset(train), batch_size=50, shuffle=True)
test_data = DataLoader(DictDataset(test), batch_size=50)
# %% model
@dataclasses.dataclass
class Outputs:
    quality: torch.Tensor
    good: torch.Tensor


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 80), nn.ReLU(), nn.Linear(80, 40), nn.ReLU())
        self.quality_head = nn.Linear(40, 1)
        self.good_head = nn.Linear(40, 1)

    def forward(self, X):
        features = self.trunk(X)
        return Outputs(quality=self.quality_head(features)[:, 0], good=self.good_head(features)[:, 0])


model = Model()
# %% loss
def multitask_loss(outputs, quality, good):
    return F.mse_loss(outputs.quality, quality) + F.binary_cross_entropy_with_logits(outputs.good, good)
# %% train
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
mses, bces = [], []
for epoch in tqdm(range(60)):
    model.train()
    for batch in train_data:
        opt.zero_grad()
        out = model(batch["X"])
        loss = multitask_loss(out, batch["quality"], batch["good"])
        loss.backward()
        opt.step()
    mses.append(F.mse_loss(out.quality, batch["quality"]).item())
    bces.append(F.binary_cross_entropy_with_logits(out.good, batch["good"]).item())
plt.plot(mses, label="mse")
plt.plot(bces, label="bce")
plt.legend()
plt.show()
# %% evaluate
model.eval()
abs_err = torch.tensor([])
correct = torch.tensor([])
for batch in test_data:
    with torch.no_grad():
        out = model(batch["X"])
    abs_err = torch.cat([abs_err, (out.quality - batch["quality"]).abs()])
    correct = torch.cat([correct, ((out.good > 0).float() == batch["good"]).float()])
mae = float(abs_err.mean())
accuracy = float(correct.mean())
print(round(mae, 3), round(accuracy, 3))
