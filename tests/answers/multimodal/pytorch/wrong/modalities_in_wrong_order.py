"""prepare returns the names first and the table second."""
# expect: modalities swapped
# may fail: baseline, comparison, missing_values, normalisation, batches, leakage, outputs, labels
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    cv = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    names = cv.transform(rows["name"]).toarray().astype("float32")

    cols = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[cols])
    structured = np.column_stack([pipe.transform(rows[cols]), rows["sex"] == "female", rows["pclass"] - 2])
    return names, structured.astype("float32"), rows["survived"].to_numpy("float32")
# %% model
class M(nn.Module):
    def __init__(self, k, d):
        super().__init__()
        self.text, self.tab = nn.Linear(k, 16), nn.Linear(d, 16)
        self.last = nn.Sequential(nn.ReLU(), nn.Linear(32, 1))

    def forward(self, names, structured):
        return self.last(torch.cat([self.text(names), self.tab(structured)], dim=1)).flatten()


n, s, _ = prepare(train, train)
model = M(n.shape[1], s.shape[1])
fusion = "intermediate"
# %% baseline
baseline_input = "names"          # the first of the two
baseline = nn.Sequential(nn.Linear(n.shape[1], 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.Adam(baseline.parameters(), lr=3e-3)
for _ in range(20):
    for a, b, y in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(a).flatten(), y).backward()
        opt.step()
with torch.no_grad():
    a, b, y = test_data.dataset.tensors
    baseline_auc = roc_auc_score(y, baseline(a).flatten())
