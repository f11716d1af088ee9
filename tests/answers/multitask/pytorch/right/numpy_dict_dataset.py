"""Everything by hand in numpy, a Dataset class of one's own and outputs in a dict."""
# expect: full marks
# %% inspect
statistics = wines.agg(["mean", "std", "min", "max"])

figure_quality = plt.figure(figsize=(6, 4))
plt.hist(wines["quality"], bins=np.arange(2.5, 9.5, 1), edgecolor="black", rwidth=0.9)
plt.title("verdeling quality")
plt.xlabel("quality")

goed = (wines["quality"].to_numpy() >= 6).astype(int)
figure_good = plt.figure(figsize=(6, 4))
plt.hist(goed, bins=[-0.5, 0.5, 1.5], rwidth=0.8)
plt.xticks([0, 1], ["slecht", "goed"])
plt.title("goed of slecht")
plt.show()
# %% prepare
def split(wines):
    # index door elkaar schudden en de eerste 20 % als testset nemen
    rng = np.random.default_rng(SEED)
    index = rng.permutation(len(wines))
    n_test = int(0.2 * len(wines))
    return wines.iloc[index[n_test:]], wines.iloc[index[:n_test]]


def prepare(train, rows):
    ruw = train[FEATURES].to_numpy(dtype=np.float64)
    gemiddelde = ruw.mean(axis=0)
    std = ruw.std(axis=0)
    X = (rows[FEATURES].to_numpy(dtype=np.float64) - gemiddelde) / std
    quality = rows["quality"].to_numpy()
    good = np.where(quality >= 6, 1, 0)
    return X, quality, good
# %% loaders
from torch.utils.data import Dataset

train, test = split(wines)


class WineDataset(Dataset):
    def __init__(self, X, quality, good):
        self.X = torch.tensor(X, dtype=torch.float32)
        self.quality = torch.tensor(quality, dtype=torch.float32).unsqueeze(1)
        self.good = torch.tensor(good, dtype=torch.float32).unsqueeze(1)

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i], self.quality[i], self.good[i]


train_data = DataLoader(WineDataset(*prepare(train, train)), batch_size=32, shuffle=True)
test_data = DataLoader(WineDataset(*prepare(train, test)), batch_size=32, shuffle=False)
# %% model
class WineNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(11, 64)
        self.fc2 = nn.Linear(64, 32)
        self.head_quality = nn.Linear(32, 1)
        self.head_good = nn.Linear(32, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return {"quality": self.head_quality(x), "good": self.head_good(x)}


model = WineNet()
# %% loss
mse_loss = nn.MSELoss()
bce_loss = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    loss_q = mse_loss(outputs["quality"], quality)
    loss_g = bce_loss(outputs["good"], good)
    return 1.0 * loss_q + 1.0 * loss_g
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
losses_q, losses_g = [], []

for epoch in tqdm(range(60)):
    model.train()
    som_q, som_g = 0.0, 0.0
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        loss = multitask_loss(out, quality, good)
        loss.backward()
        optimizer.step()
        som_q += mse_loss(out["quality"], quality).item()
        som_g += bce_loss(out["good"], good).item()
    losses_q.append(som_q / len(train_data))
    losses_g.append(som_g / len(train_data))

plt.plot(losses_q, label="mse")
plt.plot(losses_g, label="bce")
plt.legend()
plt.show()
# %% evaluate
model.eval()
fouten, juist, aantal = 0.0, 0, 0
with torch.no_grad():
    for X, quality, good in test_data:
        out = model(X)
        fouten += torch.abs(out["quality"] - quality).sum().item()
        voorspeld = (torch.sigmoid(out["good"]) >= 0.5).float()
        juist += (voorspeld == good).sum().item()
        aantal += len(X)

mae = fouten / aantal
accuracy = juist / aantal
print("MAE:", mae, "accuracy:", accuracy)
