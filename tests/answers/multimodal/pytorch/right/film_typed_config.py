"""A professional: dataclass config, type hints, lazy layers; the table scales and shifts the name features (FiLM)."""
# expect: full marks
# %% prepare
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    test_fraction: float = 0.2
    min_count: int = 4
    max_tokens: int = 12
    hidden: int = 24
    epochs: int = 18
    batch_size: int = 64
    lr: float = 2e-3


CFG = Config()
TOKEN = re.compile(r"[a-z]+")


def split(passengers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Random split; surnames stay together."""
    surname = passengers["name"].str.partition(",")[0]
    gss = GroupShuffleSplit(n_splits=1, test_size=CFG.test_fraction, random_state=1912)
    train_idx, test_idx = next(gss.split(passengers, groups=surname))
    return passengers.iloc[train_idx].copy(), passengers.iloc[test_idx].copy()


def _impute(train: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.Series:
    """Median of the same class and sex in train, else the overall median."""
    per_group = train.groupby(["pclass", "sex"])[column].median()
    key = pd.MultiIndex.from_frame(rows[["pclass", "sex"]])
    fallback = pd.Series(per_group.reindex(key).to_numpy(), index=rows.index).fillna(train[column].median())
    return rows[column].fillna(fallback)


def _standardise(reference: pd.Series, values: pd.Series) -> np.ndarray:
    scale = reference.std(ddof=0)
    return ((values - reference.mean()) / (scale if scale > 0 else 1.0)).to_numpy()


def _table(train: pd.DataFrame, rows: pd.DataFrame) -> torch.Tensor:
    columns: list[np.ndarray] = []
    for name, transform in {"age": np.asarray, "fare": np.log1p}.items():
        reference, values = _impute(train, train, name), _impute(train, rows, name)
        columns.append(
            _standardise(pd.Series(transform(reference)), pd.Series(transform(values)))
        )
    for name in ("sibsp", "parch"):
        columns.append(_standardise(train[name], rows[name]))
    columns.append(rows["age"].isna().to_numpy(dtype=float))
    most_common = train["embarked"].value_counts().idxmax()
    for name in ("pclass", "sex", "embarked"):
        values = rows[name].fillna(most_common) if name == "embarked" else rows[name]
        columns += [(values == level).to_numpy(dtype=float) for level in sorted(train[name].dropna().unique())]
    return torch.from_numpy(np.column_stack(columns)).float()


def _tokens(train: pd.DataFrame, rows: pd.DataFrame) -> torch.Tensor:
    counts = Counter(token for text in train["name"] for token in TOKEN.findall(text.lower()))
    index = {token: i for i, token in enumerate((t for t, c in counts.items() if c >= CFG.min_count), start=2)}
    encoded = torch.zeros(len(rows), CFG.max_tokens, dtype=torch.long)
    for row, text in enumerate(rows["name"]):
        ids = [index.get(token, 1) for token in TOKEN.findall(text.lower())][: CFG.max_tokens]
        encoded[row, : len(ids)] = torch.tensor(ids, dtype=torch.long)
    return encoded


def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    survived = torch.as_tensor(rows["survived"].to_numpy(copy=True)).float()
    return _table(train, rows), _tokens(train, rows), survived
# %% loaders
train, test = split(passengers)

train_set = TensorDataset(*prepare(train, train))
test_set = TensorDataset(*prepare(train, test))
train_data = DataLoader(train_set, CFG.batch_size, shuffle=True, generator=torch.Generator().manual_seed(SEED))
test_data = DataLoader(test_set, 4 * CFG.batch_size)
# %% model
class FiLM(nn.Module):
    """gamma * x + beta, where gamma and beta come from the conditioning features."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.gamma = nn.LazyLinear(hidden)
        self.beta = nn.LazyLinear(hidden)

    def forward(self, x: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        return (1 + self.gamma(condition)) * x + self.beta(condition)


class NameAndTable(nn.Module):
    def __init__(self, vocabulary: int, cfg: Config = CFG) -> None:
        super().__init__()
        self.table_encoder = nn.Sequential(nn.LazyLinear(cfg.hidden), nn.ReLU(), nn.LazyLinear(cfg.hidden), nn.ReLU())
        self.name_encoder = nn.Sequential(
            nn.EmbeddingBag(vocabulary, cfg.hidden, mode="sum", padding_idx=0), nn.LazyLinear(cfg.hidden), nn.ReLU()
        )
        self.film = FiLM(cfg.hidden)
        self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.25), nn.LazyLinear(1))

    def forward(self, structured: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
        table, name = self.table_encoder(structured), self.name_encoder(names)
        return self.head(self.film(name, condition=table)).squeeze(-1)


model = NameAndTable(vocabulary=int(train_set.tensors[1].max()) + 1)
with torch.no_grad():  # materialise the lazy layers
    model(*(tensor[:4] for tensor in train_set.tensors[:2]))
fusion = "intermediate"
# %% loss
def loss_function(output: torch.Tensor, survived: torch.Tensor) -> torch.Tensor:
    # log(1 + e^z) - y z: the numerically stable form of the cross entropy
    assert output.shape == survived.shape, (output.shape, survived.shape)
    return (F.softplus(output) - survived * output).mean()
# %% train
def fit(network: nn.Module, step, cfg: Config = CFG) -> list[float]:
    optimiser = torch.optim.Adam(network.parameters(), lr=cfg.lr, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimiser, gamma=0.95)
    history: list[float] = []
    network.train()
    for _ in trange(cfg.epochs):
        total = 0.0
        for batch in train_data:
            loss = step(network, *batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            total += loss.item() * len(batch[-1])
        schedule.step()
        history.append(total / len(train_set))
    return history


history = fit(model, lambda network, s, n, y: loss_function(network(s, n), y))
_, ax = plt.subplots(figsize=(5, 3))
ax.plot(history)
ax.set(xlabel="epoch", ylabel="BCE")
# %% evaluate
@torch.inference_mode()
def scores(network: nn.Module, *inputs: torch.Tensor) -> np.ndarray:
    network.eval()
    return torch.sigmoid(network(*inputs)).numpy()


truth = test_set.tensors[2].numpy().astype(int)
probability = scores(model, *test_set.tensors[:2])
auc = float(roc_auc_score(truth, probability))
accuracy = float(((probability >= 0.5).astype(int) == truth).mean())
print(f"{auc=:.3f} {accuracy=:.3f}")
# %% baseline
class TableOnly(nn.Module):
    def __init__(self, columns: int, hidden: int = CFG.hidden) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(columns, hidden), nn.ReLU(), nn.Dropout(0.25), nn.Linear(hidden, 1))

    def forward(self, structured: torch.Tensor) -> torch.Tensor:
        return self.layers(structured).squeeze(-1)


baseline_input = "structured"
baseline = TableOnly(columns=train_set.tensors[0].shape[1])
fit(baseline, lambda network, s, n, y: loss_function(network(s), y))
baseline_auc = float(roc_auc_score(truth, scores(baseline, test_set.tensors[0])))
