"""Batches are dicts whose keys are exchanged: the bag of words is called structured."""
# expect: batches inputs_swapped
# may fail: auc, modalities_used, outputs, encoders, fusion, comparison, baseline, reported, learns
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    groups = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    table = ColumnTransformer(
        [("n", numbers, ["age", "sibsp", "parch", "fare"]), ("g", groups, ["pclass", "sex", "embarked"])],
        sparse_threshold=0,
    ).fit(train)
    words = CountVectorizer(min_df=6, binary=True).fit(train["name"])
    names = words.transform(rows["name"]).toarray().astype("float32")
    return table.transform(rows).astype("float32"), names, rows["survived"].to_numpy("float32")
# %% loaders
train, test = split(passengers)


def batches(rows, shuffle):
    names, structured, survived = prepare(train, rows)
    items = [({"structured": s, "names": n}, y) for s, n, y in zip(structured, names, survived)]
    return DataLoader(items, batch_size=64, shuffle=shuffle)


train_data, test_data = batches(train, True), batches(test, False)
# %% model
class Net(nn.Module):
    def __init__(self, table, words):
        super().__init__()
        self.table = nn.Sequential(nn.Linear(table, 16), nn.ReLU())
        self.words = nn.Sequential(nn.Linear(words, 16), nn.ReLU())
        self.out = nn.Linear(32, 1)

    def forward(self, structured, names):
        return self.out(torch.cat([self.table(structured), self.words(names)], dim=1)).squeeze(1)


first = next(iter(train_data))[0]
model = Net(first["structured"].shape[1], first["names"].shape[1])
fusion = "intermediate"
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
for _ in range(15):
    for inputs, survived in train_data:
        optimizer.zero_grad()
        loss_function(model(inputs["structured"], inputs["names"]), survived).backward()
        optimizer.step()
# %% evaluate
model.eval()
with torch.no_grad():
    found = [(torch.sigmoid(model(x["structured"], x["names"])), y) for x, y in test_data]
p, y = (torch.cat(part).numpy() for part in zip(*found))
auc, accuracy = roc_auc_score(y, p), np.mean((p > 0.5) == y)
