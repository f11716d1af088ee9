"""Someone who comes from R: test curves in every epoch, and an evaluation that redoes the network in numpy."""
# expect: full marks
# %% inspect
# summary(wines)
functies = {"mean": np.mean, "sd": lambda v: np.std(v, ddof=1), "min": np.min, "median": np.median, "max": np.max}
statistics = pd.DataFrame({
    kolom: {naam: functie(wines[kolom].to_numpy()) for naam, functie in functies.items()}
    for kolom in wines.columns
})
print(statistics.round(3).to_string())

# barplot(table(wines$quality))
tabel = wines.groupby("quality").size()
figure_quality = plt.figure(1, figsize=(5, 3))
plt.bar([str(score) for score in tabel.index], tabel, color="grey", edgecolor="black")
plt.xlabel("quality")
plt.ylabel("Frequency")

# barplot(table(wines$quality >= 6))
tabel2 = pd.crosstab(index=np.where(wines["quality"] >= 6, "good", "bad"), columns="n")["n"]
figure_good = plt.figure(2, figsize=(3, 3))
plt.bar(tabel2.index, tabel2.values, color=["grey", "white"], edgecolor="black")
plt.ylabel("Frequency")
plt.show()
# %% prepare
def sample_int(n, size, seed):
    return np.random.default_rng(seed).choice(n, size=size, replace=False)


def split(wines):
    idx = sample_int(len(wines), round(0.8 * len(wines)), seed=123)
    train = wines.iloc[np.sort(idx)]
    test = wines.iloc[np.setdiff1d(np.arange(len(wines)), idx)]
    return [train, test]


def model_matrix(df):
    # ~ . + I(alcohol^2) + alcohol:sulphates + alcohol:volatile_acidity
    mm = df[FEATURES].copy()
    mm["alcohol2"] = mm["alcohol"] ** 2
    mm["alcohol_x_sulphates"] = mm["alcohol"] * mm["sulphates"]
    mm["alcohol_x_volatile_acidity"] = mm["alcohol"] * mm["volatile_acidity"]
    return mm


def prepare(train, rows):
    # scale(x, center = colMeans(train), scale = apply(train, 2, sd))
    m_train, m_rows = model_matrix(train), model_matrix(rows)
    center = m_train.apply(np.mean, axis=0)
    sds = m_train.apply(lambda v: np.std(v.to_numpy(), ddof=1), axis=0)
    X = m_rows.sub(center, axis=1).div(sds, axis=1)
    quality = rows["quality"].astype("float64")
    good = pd.Series(np.where(quality >= 6, 1, 0), index=rows.index, name="good")
    return X, quality, good
# %% loaders
train, test = split(wines)


def as_dataset(df):
    X, quality, good = prepare(train, df)
    return TensorDataset(
        torch.tensor(X.to_numpy(), dtype=torch.float), torch.tensor(quality.to_numpy(), dtype=torch.float),
        torch.tensor(good.to_numpy(), dtype=torch.long),
    )


train_data = DataLoader(as_dataset(train), batch_size=32, shuffle=True)
test_data = DataLoader(as_dataset(test), batch_size=32, shuffle=False)
# %% model
class Net(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.fc1 = nn.Linear(p, 40)
        self.fc2 = nn.Linear(40, 20)
        self.y1 = nn.Linear(20, 1)
        self.y2 = nn.Linear(20, 1)

    def forward(self, x):
        x = F.elu(self.fc1(x))
        x = F.elu(self.fc2(x))
        return self.y1(x), torch.sigmoid(self.y2(x))


model = Net(p=prepare(train, train)[0].shape[1])
# %% loss
def multitask_loss(outputs, quality, good):
    y1, p = outputs[0][:, 0], outputs[1][:, 0]
    sse = torch.sum((quality.reshape(-1) - y1) ** 2)
    good = good.reshape(-1).to(p.dtype)
    p = torch.clamp(p, 1e-6, 1 - 1e-6)
    loglik = torch.sum(torch.where(good == 1, torch.log(p), torch.log(1 - p)))
    n = y1.shape[0]
    return sse / n + 2 * (-loglik / n)
# %% train
def losses_on(loader):
    model.eval()
    n, mse, bce = 0, 0, 0
    with torch.no_grad():
        for X, quality, good in loader:
            y1, p = model(X)
            n = n + len(X)
            mse = mse + ((y1[:, 0] - quality) ** 2).sum().item()
            bce = bce + F.binary_cross_entropy(p[:, 0], good.float(), reduction="sum").item()
    return [mse / n, bce / n]


opt = torch.optim.RMSprop(model.parameters(), lr=5e-4, weight_decay=0.01)
results = []
for i in trange(1, 31):
    model.train()
    for batch in train_data:
        opt.zero_grad()
        loss = multitask_loss(model(batch[0]), batch[1], batch[2])
        loss.backward()
        opt.step()
    results.append([i] + losses_on(train_data) + losses_on(test_data))     # test alleen om te tekenen

results = pd.DataFrame(results, columns=["epoch", "mse train", "bce train", "mse test", "bce test"])
fig, axs = plt.subplots(1, 2, figsize=(9, 3))
results.plot(x="epoch", y=["mse train", "mse test"], ax=axs[0], style=["k-", "k--"], logy=True)
results.plot(x="epoch", y=["bce train", "bce test"], ax=axs[1], style=["k-", "k--"])
plt.show()
# %% evaluate
# met de hand, om te zien of ik begrijp wat het netwerk doet
model.eval()
coefs = {naam: w.detach().numpy() for naam, w in model.named_parameters()}
X_test, quality_test, good_test = [d.to_numpy() for d in prepare(train, test)]


def elu(v):
    return np.where(v > 0, v, np.exp(np.minimum(v, 0)) - 1)


h1 = elu(X_test @ coefs["fc1.weight"].T + coefs["fc1.bias"])
h2 = elu(h1 @ coefs["fc2.weight"].T + coefs["fc2.bias"])
quality_hat = (h2 @ coefs["y1.weight"].T + coefs["y1.bias"]).ravel()
prob_hat = 1 / (1 + np.exp(-(h2 @ coefs["y2.weight"].T + coefs["y2.bias"]))).ravel()

mae = np.mean(np.abs(quality_test - quality_hat))
confusion = pd.crosstab(good_test, np.where(prob_hat >= 0.5, 1, 0))
accuracy = np.trace(confusion.to_numpy()) / confusion.to_numpy().sum()
print(confusion)
print("MAE =", mae, " accuracy =", accuracy)
