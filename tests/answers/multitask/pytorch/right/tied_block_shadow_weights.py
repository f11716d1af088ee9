"""One layer used three times in the trunk (tied weights), robust scaling, and a shadow copy (EMA) as final weights."""
# expect: full marks
# %% prepare
from sklearn.preprocessing import RobustScaler


def split(wines):
    # per klasse 20% opzij
    testje = wines.groupby(wines["quality"] >= 6).sample(frac=0.2, random_state=2024)
    return wines.drop(testje.index), testje


def prepare(train, rows):
    rs = RobustScaler(quantile_range=(10, 90))
    rs.fit(train.drop(columns="quality")[FEATURES])
    X = rs.transform(rows[FEATURES])
    X = np.clip(X, -3, 3)     # rare wijnen niet te ver laten weglopen
    q = rows["quality"].values.astype(np.float32)
    return X.astype(np.float32), q, (q > 5.5).astype(np.float32)
# %% model
class Herhaal(nn.Module):
    def __init__(self):
        super(Herhaal, self).__init__()
        self.begin = nn.Linear(11, 48)
        self.stap = nn.Linear(48, 48)   # zelfde laag, 3 keer gebruikt
        self.q = nn.Linear(48, 1)
        self.g = nn.Linear(48, 1)

    def romp(self, x):
        h = torch.tanh(self.begin(x))
        for keer in range(3):
            h = h + 0.5 * torch.relu(self.stap(h))
        return h

    def forward(self, x):
        h = self.romp(x)
        return self.q(h), self.g(h)


model = Herhaal()
# %% train
opt = torch.optim.NAdam(model.parameters(), lr=0.002, weight_decay=1e-3)
schaduw = {naam: w.detach().clone() for naam, w in model.state_dict().items()}
DECAY = 0.985
lq, lg = [], []
for ep in trange(40):
    model.train()
    som_q = som_g = 0
    for xb, qb, gb in train_data:
        opt.zero_grad()
        uit = model(xb)
        l = multitask_loss(uit, qb, gb)
        l.backward()
        opt.step()
        for naam, w in model.state_dict().items():
            schaduw[naam].mul_(DECAY).add_(w.detach(), alpha=1 - DECAY)
        som_q += ((uit[0].detach().flatten() - qb) ** 2).sum().item()
        som_g += F.binary_cross_entropy_with_logits(uit[1].detach().flatten(), gb, reduction="sum").item()
    lq.append(som_q / len(train))
    lg.append(som_g / len(train))

# gladde gewichten terugzetten
model.load_state_dict(schaduw)

plt.semilogy(lq)
plt.semilogy(lg)
plt.legend(["quality", "good"])
plt.show()
# %% evaluate
from sklearn.metrics import accuracy_score, mean_absolute_error

model.eval()
q_echt, g_echt, q_pred, g_pred = [], [], [], []
for xb, qb, gb in test_data:
    with torch.no_grad():
        q, g = model(xb)
    q_echt.extend(qb.tolist())
    g_echt.extend(gb.tolist())
    q_pred.extend(q[:, 0].tolist())
    g_pred.extend([1.0 if kans >= 0.5 else 0.0 for kans in torch.sigmoid(g[:, 0])])
mae = mean_absolute_error(q_echt, q_pred)
accuracy = accuracy_score(g_echt, g_pred)
print(mae, accuracy)
