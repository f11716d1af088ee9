"""Early fusion of tf-idf weights and columns, a loader class of one's own, SGD with momentum, label smoothing."""
# expect: full marks
# %% prepare
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import MinMaxScaler, QuantileTransformer


def split(passengers):
    mask = np.random.RandomState(3).rand(len(passengers)) < 0.8
    return passengers[mask], passengers[~mask]


def prepare(train, rows):
    preprocess = ColumnTransformer([
        ("fare_age", make_pipeline(SimpleImputer(), QuantileTransformer(n_quantiles=50)), ["fare", "age"]),
        ("family", make_pipeline(SimpleImputer(), MinMaxScaler()), ["sibsp", "parch", "pclass"]),
        ("cats", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"),
                               OneHotEncoder(handle_unknown="ignore", sparse_output=False)), ["sex", "embarked"]),
    ])
    preprocess.fit(train)
    vec = TfidfVectorizer(max_features=150, lowercase=True, sublinear_tf=True).fit(train["name"])
    S = preprocess.transform(rows).astype("float32")
    N = vec.transform(rows["name"]).toarray().astype("float32")
    y = (rows["survived"] == 1).to_numpy()
    return S, N, y
# %% loaders
train, test = split(passengers)


class Batches:
    """Can be walked through as often as you like."""

    def __init__(self, rows, size, random):
        S, N, y = prepare(train, rows)
        self.S, self.N, self.y = torch.tensor(S), torch.tensor(N), torch.tensor(y, dtype=torch.float32)
        self.size, self.random = size, random

    def __len__(self):
        return -(-len(self.y) // self.size)

    def __iter__(self):
        order = torch.randperm(len(self.y)) if self.random else torch.arange(len(self.y))
        for part in order.split(self.size):
            yield (self.S[part], self.N[part]), self.y[part]


train_data = Batches(train, 32, random=True)
test_data = Batches(test, 100, random=False)
# %% model
class Early(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.fc1 = nn.Linear(n_in, 40)
        self.fc2 = nn.Linear(40, 10)
        self.fc3 = nn.Linear(10, 1)

    def forward(self, structured, names):
        x = torch.cat([structured, names.to(structured.dtype)], dim=-1)
        x = F.dropout(F.selu(self.fc1(x)), 0.2, self.training)
        x = F.selu(self.fc2(x))
        return self.fc3(x)


model = Early(train_data.S.shape[1] + train_data.N.shape[1])
fusion = "early"
# %% loss
def loss_function(output, survived, smoothing=0.05):
    soft = survived * (1 - smoothing) + smoothing / 2
    return F.binary_cross_entropy_with_logits(output, soft.reshape(output.shape))
# %% train
sgd = torch.optim.SGD(model.parameters(), lr=0.03, momentum=0.9, nesterov=True, weight_decay=1e-3)
bce = []
bar = tqdm(range(25))
for _ in bar:
    model.train()
    epoch_loss = 0
    for (s, n), y in train_data:
        sgd.zero_grad()
        loss = loss_function(model(s, n), y)
        loss.backward()
        sgd.step()
        epoch_loss += loss.item() / len(train_data)
    bce.append(epoch_loss)
    bar.set_postfix(loss=epoch_loss)
plt.plot(bce, label="train")
plt.legend()
# %% evaluate
model.train(False)
with torch.no_grad():
    out = torch.cat([model(s, n) for (s, n), _ in test_data]).squeeze()
auc = torch.tensor(roc_auc_score(test_data.y, out))
accuracy = torch.mean(((out >= 0) == test_data.y.bool()).double())
print("auc", auc, "acc", accuracy)
# %% baseline
baseline_input = "names"
baseline = nn.Sequential(nn.Linear(train_data.N.shape[1], 16), nn.SELU(), nn.Linear(16, 1))
sgd = torch.optim.SGD(baseline.parameters(), lr=0.05, momentum=0.9, nesterov=True)
for _ in range(25):
    for (s, n), y in train_data:
        sgd.zero_grad()
        loss_function(baseline(n), y).backward()
        sgd.step()
baseline.train(False)
with torch.no_grad():
    baseline_auc = roc_auc_score(test_data.y, baseline(test_data.N).squeeze())
