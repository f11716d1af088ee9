"""Used to Lightning: training_step and configure_optimizers on the module, a packed bi-LSTM for names."""
# expect: full marks
# may fail: outputs, encoders, fusion, learns, auc, modalities_used, reported (for a person: which operations a packed
# sequence takes depends on the lengths of the names, so that they cannot be run again on other ones)
# %% prepare
def split(passengers):
    return tuple(train_test_split(passengers, test_size=0.25, stratify=passengers.survived, random_state=7))


class TitanicPreprocessor:
    """Everything that has to be fitted, in one object."""

    CONTINUOUS = ["age", "fare", "sibsp", "parch"]
    DISCRETE = ["pclass", "sex", "embarked"]
    PAD, UNK, MAX_LEN = 0, 1, 9

    def setup(self, df):
        self.fill = {**df[self.CONTINUOUS].mean(), **{c: df[c].mode().iloc[0] for c in self.DISCRETE}}
        filled = df.fillna(self.fill)
        self.mu, self.sigma = filled[self.CONTINUOUS].mean(), filled[self.CONTINUOUS].std().replace(0, 1.0)
        self.levels = [(c, v) for c in self.DISCRETE for v in sorted(filled[c].unique())]
        freq = Counter(t for n in df["name"] for t in self.tokenize(n))
        self.stoi = {t: i for i, (t, f) in enumerate(freq.most_common(250), start=2) if f > 2}
        return self

    @staticmethod
    def tokenize(name):
        return re.sub(r"[^\w\s]", " ", name).lower().split()

    def table(self, df):
        df = df.fillna(self.fill)
        z = (df[self.CONTINUOUS] - self.mu) / self.sigma
        onehot = np.stack([(df[c] == v).to_numpy() for c, v in self.levels], axis=1)
        return np.hstack([z.to_numpy(), onehot]).astype(np.float32)

    def text(self, df):
        out = np.full((len(df), self.MAX_LEN), self.PAD, dtype=np.int64)
        for i, n in enumerate(df["name"]):
            ids = [self.stoi.get(t, self.UNK) for t in self.tokenize(n)][: self.MAX_LEN]
            out[i, : len(ids)] = ids
        return out


def prepare(train, rows):
    pre = TitanicPreprocessor().setup(train)
    return pre.table(rows), pre.text(rows), rows["survived"].to_numpy(np.float32)
# %% loaders
train, test = split(passengers)


class TitanicDataModule:
    def __init__(self, train, test, batch_size=32):
        self.train, self.test, self.batch_size = train, test, batch_size

    def _ds(self, rows):
        return TensorDataset(*[torch.from_numpy(a) for a in prepare(self.train, rows)])

    def train_dataloader(self):
        return DataLoader(self._ds(self.train), batch_size=self.batch_size, shuffle=True, drop_last=True)

    def test_dataloader(self):
        return DataLoader(self._ds(self.test), batch_size=4 * self.batch_size, shuffle=False)


dm = TitanicDataModule(train, test)
train_data = dm.train_dataloader()
test_data = dm.test_dataloader()
# %% model
class LitTitanic(nn.Module):
    def __init__(self, n_features, vocab_size, hidden=16, lr=2e-3):
        super().__init__()
        self.lr = lr
        self.tab = nn.Sequential(nn.Linear(n_features, 2 * hidden), nn.SiLU(), nn.Dropout(0.1))
        self.emb = nn.Embedding(vocab_size, 12, padding_idx=0)
        self.lstm = nn.LSTM(12, hidden, batch_first=True, bidirectional=True)
        self.classifier = nn.Sequential(
            nn.LayerNorm(4 * hidden), nn.Linear(4 * hidden, hidden), nn.SiLU(), nn.Dropout(0.3), nn.Linear(hidden, 1)
        )

    def forward(self, structured, names):
        lengths = (names > 0).sum(dim=1).clamp(min=1).cpu()
        packed = nn.utils.rnn.pack_padded_sequence(self.emb(names), lengths, batch_first=True, enforce_sorted=False)
        _, (h, _) = self.lstm(packed)
        text = torch.cat((h[-2], h[-1]), dim=-1)
        return self.classifier(torch.cat((self.tab(structured), text), dim=-1))

    def training_step(self, batch, batch_idx):
        structured, names, survived = batch
        return loss_function(self(structured, names), survived)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.lr, weight_decay=1e-4)


_s, _n, _ = prepare(train, train)
model = LitTitanic(_s.shape[-1], int(_n.max()) + 1)
fusion = "intermediate"
# %% loss
def loss_function(output, survived):
    return F.binary_cross_entropy_with_logits(output, survived.view_as(output))
# %% train
class Trainer:
    def __init__(self, max_epochs):
        self.max_epochs, self.logged = max_epochs, []

    def fit(self, module, loader):
        opt = module.configure_optimizers()
        module.train()
        for epoch in trange(self.max_epochs):
            losses = []
            for i, batch in enumerate(loader):
                loss = module.training_step(batch, i)
                opt.zero_grad()
                loss.backward()
                opt.step()
                losses.append(loss.detach())
            self.logged.append(torch.stack(losses).mean().item())


trainer = Trainer(max_epochs=15)
trainer.fit(model, train_data)
plt.plot(trainer.logged)
plt.xlabel("epoch")
plt.ylabel("train_loss");
# %% evaluate
@torch.no_grad()
def predict(module, loader):
    module.eval()
    outs = [(torch.sigmoid(module(s, n)).squeeze(-1), y) for s, n, y in loader]
    return torch.cat([o for o, _ in outs]), torch.cat([y for _, y in outs])


probs, targets = predict(model, test_data)
auc = roc_auc_score(targets.numpy(), probs.numpy())
accuracy = (probs.ge(0.5).float() == targets).float().mean().item()
print({"test_auc": auc, "test_acc": accuracy})
# %% baseline
class LitTable(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_features, 32), nn.SiLU(), nn.Dropout(0.2), nn.Linear(32, 1))

    def forward(self, structured):
        return self.net(structured)

    def training_step(self, batch, batch_idx):
        return loss_function(self(batch[0]), batch[2])

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=3e-3)


baseline, baseline_input = LitTable(_s.shape[-1]), "structured"
Trainer(20).fit(baseline, train_data)
baseline.eval()
with torch.no_grad():
    scores = torch.cat([baseline(s) for s, _, _ in test_data])
baseline_auc = float(roc_auc_score(targets, scores.ravel()))
