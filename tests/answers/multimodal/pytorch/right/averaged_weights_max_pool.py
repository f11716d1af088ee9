"""A running average of the weights is what is kept; max pooling over words; integer labels in a column."""
# expect: full marks
# %% prepare
def split(passengers):
    # 1 op 5 van elke groep (overleefd of niet) naar test
    test = passengers.groupby("survived", group_keys=False).sample(frac=0.2, random_state=SEED)
    train = passengers.loc[~passengers.index.isin(test.index)]
    return train, test


def opkuisen(naam):
    naam = naam.lower()
    for teken in ".,()\"'-/":
        naam = naam.replace(teken, " ")
    return naam.split()


def prepare(train, rows):
    # --- tabel ---
    gem = {k: train[k].mean() for k in ["age", "fare"]}
    kolommen = []
    for k in ["age", "fare", "sibsp", "parch", "pclass"]:
        basis = train[k].fillna(gem.get(k)) if k in gem else train[k]
        waarde = rows[k].fillna(gem.get(k)) if k in gem else rows[k]
        sd = basis.std()
        kolommen.append((waarde - basis.mean()) / (sd if sd > 0 else 1))
    kolommen.append((rows["sex"] == "female") * 1.0)
    vaakst = train["embarked"].value_counts().index[0]
    haven = rows["embarked"].fillna(vaakst)
    for h in sorted(train["embarked"].dropna().unique())[1:]:
        kolommen.append((haven == h) * 1.0)
    structured = np.array(kolommen, dtype=np.float32).T

    # --- namen ---
    teller = Counter()
    for naam in train["name"]:
        teller.update(opkuisen(naam))
    nummers = {}
    for woord, keer in teller.most_common():
        if keer < 6:
            break
        nummers[woord] = len(nummers) + 2
    names = []
    for naam in rows["name"]:
        ids = [nummers.get(w, 1) for w in opkuisen(naam)]
        ids = ids + [0] * 14
        names.append(ids[:14])
    names = np.array(names)

    survived = rows[["survived"]].values
    return structured, names, survived
# %% loaders
train, test = split(passengers)


class Passagiers(torch.utils.data.Dataset):
    def __init__(self, rows):
        self.s, self.n, self.y = prepare(train, rows)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return torch.tensor(self.s[i]), torch.tensor(self.n[i]), torch.tensor(self.y[i])


train_data = DataLoader(Passagiers(train), batch_size=32, shuffle=True)
test_data = DataLoader(Passagiers(test), batch_size=32)
# %% model
class Netwerk(nn.Module):
    def __init__(self):
        super().__init__()
        ds = train_data.dataset
        self.tabel = nn.Sequential(nn.Linear(ds.s.shape[1], 24), nn.LeakyReLU(), nn.Linear(24, 12), nn.LeakyReLU())
        self.woorden = nn.Embedding(ds.n.max() + 1, 12)
        self.samen = nn.Sequential(nn.Linear(24, 12), nn.LeakyReLU(), nn.Dropout(0.2))
        self.uit = nn.Linear(12, 1)

    def forward(self, structured, names):
        e = self.woorden(names)
        leeg = (names == 0).unsqueeze(-1)
        naam = e.masked_fill(leeg, -10.0).max(dim=1).values
        return self.uit(self.samen(torch.cat((self.tabel(structured), naam), 1)))


model = Netwerk()
fusion = "halverwege"
# %% loss
def loss_function(output, survived):
    return F.binary_cross_entropy_with_logits(output, survived.reshape(output.shape).to(output.dtype))
# %% train
from torch.optim.swa_utils import AveragedModel

gemiddeld = AveragedModel(model, avg_fn=lambda oud, nieuw, n: 0.98 * oud + 0.02 * nieuw)
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3, weight_decay=5e-4)
verloop = []
model.train()
for epoch in trange(18):
    losses = []
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        optimizer.step()
        gemiddeld.update_parameters(model)
        losses.append(loss.item())
    verloop.append(sum(losses) / len(losses))
model.load_state_dict(gemiddeld.module.state_dict())
plt.plot(verloop)
plt.show()
# %% evaluate
model.eval()
kans, echt = torch.empty(0), torch.empty(0)
for s, n, y in test_data:
    with torch.no_grad():
        kans = torch.cat([kans, model(s, n).sigmoid()[:, 0]])
    echt = torch.cat([echt, y[:, 0].float()])
auc = roc_auc_score(echt, kans)
juist = 0
for k, e in zip(kans.tolist(), echt.tolist()):
    juist += int((1 if k >= 0.5 else 0) == e)
accuracy = juist / len(echt)
print("auc:", round(auc, 3), "accuracy:", round(accuracy, 3))
# %% baseline
baseline_input = "structured"
baseline = nn.Sequential(nn.Linear(train_data.dataset.s.shape[1], 24), nn.LeakyReLU(), nn.Linear(24, 1))
optimizer = torch.optim.Adam(baseline.parameters(), lr=3e-3)
baseline.train()
for epoch in range(15):
    for s, _, y in train_data:
        optimizer.zero_grad()
        loss_function(baseline(s), y).backward()
        optimizer.step()
baseline.eval()
with torch.no_grad():
    kans_b = baseline(torch.tensor(test_data.dataset.s)).sigmoid()
baseline_auc = roc_auc_score(echt, kans_b)
print("baseline:", round(baseline_auc, 3))
