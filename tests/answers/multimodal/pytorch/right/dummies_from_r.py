"""Someone who comes from R: dummies and a range to 0..1 in data frames, late fusion as the mean of two chances."""
# expect: full marks
# %% prepare
def split(passengers):
    np.random.seed(2024)
    achternaam = passengers["name"].str.replace(r",.*$", "", regex=True)
    uniek = np.sort(achternaam.unique())
    in_test = np.random.choice(uniek, size=round(0.22 * len(uniek)), replace=False)
    keuze = achternaam.isin(in_test)
    return passengers[~keuze], passengers[keuze]


def dummies(df, modus):
    x = df[["pclass", "sex", "embarked"]].copy()
    x["embarked"] = x["embarked"].fillna(modus)
    return pd.get_dummies(x.astype(str), dtype=float)


def prepare(train, rows):
    num_cols = ["age", "sibsp", "parch", "fare"]
    med = train[num_cols].median()
    modus = train["embarked"].mode()[0]

    # zoals preProcess(method = "range") in caret
    x_train = train[num_cols].fillna(med)
    lo, hi = x_train.min(), x_train.max()
    breedte = (hi - lo).where(hi > lo, 1)
    x_num = (rows[num_cols].fillna(med) - lo) / breedte
    x_num["age_na"] = rows["age"].isna().astype(float)

    kolommen = dummies(train, modus).columns
    x_cat = dummies(rows, modus).reindex(columns=kolommen, fill_value=0.0)
    structured = pd.concat([x_num, x_cat], axis="columns")

    cv = CountVectorizer(min_df=4, token_pattern=r"[A-Za-z]{2,}")
    cv.fit(train["name"])
    dtm = pd.DataFrame(cv.transform(rows["name"]).toarray(), columns=cv.get_feature_names_out(), index=rows.index)

    return structured, dtm, rows["survived"]
# %% loaders
train, test = split(passengers)


def naar_tensor(df):
    return torch.tensor(df.to_numpy(dtype="float32"))


x_tr, w_tr, y_tr = (naar_tensor(d) for d in prepare(train, train))
x_te, w_te, y_te = (naar_tensor(d) for d in prepare(train, test))

train_data = DataLoader(TensorDataset(x_tr, w_tr, y_tr), shuffle=True, batch_size=50)
test_data = DataLoader(TensorDataset(x_te, w_te, y_te), shuffle=False, batch_size=50)
# %% model
class GemiddeldeKans(nn.Module):
    def __init__(self, p, q):
        super().__init__()
        self.tabel1 = nn.Linear(p, 20)
        self.tabel2 = nn.Linear(20, 1)
        self.naam1 = nn.Linear(q, 10)
        self.naam2 = nn.Linear(10, 1)
        self.drop = nn.Dropout(p=0.25)

    def forward(self, structured, names):
        kans_tabel = torch.sigmoid(self.tabel2(torch.tanh(self.tabel1(structured))))
        kans_naam = torch.sigmoid(self.naam2(self.drop(torch.tanh(self.naam1(names)))))
        return (kans_tabel + kans_naam) / 2


model = GemiddeldeKans(x_tr.shape[1], w_tr.shape[1])
fusion = "laat"
# %% loss
def loss_function(output, survived):
    kans = output.reshape(-1)
    y = survived.reshape(-1).float()
    eps = 1e-6  # log(0) bestaat niet
    kans = kans.clamp(eps, 1 - eps)
    return -(y * kans.log() + (1 - y) * (1 - kans).log()).mean()
# %% train
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.003)
verlies = np.zeros(25)
model.train()
for e in tqdm(range(25)):
    som = 0
    for x, w, y in train_data:
        optimizer.zero_grad()
        l = loss_function(model(x, w), y)
        l.backward()
        optimizer.step()
        som = som + l.item() * x.shape[0]
    verlies[e] = som / y_tr.shape[0]
plt.plot(np.arange(1, 26), verlies, "o-")
plt.title("verlies per epoch")
plt.show()
# %% evaluate
model.eval()
kansen = model(x_te, w_te).detach().numpy()[:, 0]
waarheid = y_te.numpy()
print(pd.crosstab(waarheid, kansen >= 0.5))

auc = roc_auc_score(waarheid, kansen)
accuracy = np.mean((kansen >= 0.5) == (waarheid == 1))
print(auc, accuracy)
# %% baseline
# logistische regressie op de woorden, dus glm(survived ~ ., family = binomial)
baseline_input = "names"
baseline = nn.Sequential(nn.Linear(w_tr.shape[1], 1), nn.Sigmoid())
optimizer = torch.optim.RMSprop(baseline.parameters(), lr=0.01)
for e in range(25):
    for x, w, y in train_data:
        optimizer.zero_grad()
        loss_function(baseline(w), y).backward()
        optimizer.step()
baseline.eval()
baseline_auc = roc_auc_score(waarheid, baseline(w_te).detach().numpy())
