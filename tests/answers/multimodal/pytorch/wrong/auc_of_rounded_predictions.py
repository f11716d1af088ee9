"""The AUC is computed from zeros and ones."""
# expect: reported hard_predictions
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED, stratify=passengers["survived"])


def tokens(name):
    return name.lower().replace(",", " ").replace(".", " ").replace("(", " ").replace(")", " ").split()


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    med = train[num].median()
    t, r = train[num].fillna(med), rows[num].fillna(med)
    z = (r - t.mean()) / t.std()
    z["female"] = (rows["sex"] == "female").astype(float)
    for c in (1, 2, 3):
        z[f"class_{c}"] = (rows["pclass"] == c).astype(float)
    port = rows["embarked"].fillna(train["embarked"].mode()[0])
    for p in sorted(train["embarked"].dropna().unique()):
        z["from_" + p] = (port == p).astype(float)

    freq = Counter(w for n in train["name"] for w in tokens(n))
    vocab = {w: i + 2 for i, (w, k) in enumerate(freq.most_common()) if k >= 4}
    ids = np.zeros((len(rows), 10), dtype=np.int64)
    for i, n in enumerate(rows["name"]):
        for j, w in enumerate(tokens(n)[:10]):
            ids[i, j] = vocab.get(w, 1)
    return z.to_numpy(np.float32), ids, rows["survived"].to_numpy(np.float32)
# %% evaluate
model.eval()
y_true, y_pred = [], []
with torch.no_grad():
    for s, n, y in test_data:
        y_pred.extend((torch.sigmoid(model(s, n)) > 0.5).int().tolist())
        y_true.extend(y.int().tolist())
auc = roc_auc_score(y_true, y_pred)
accuracy = np.mean(np.array(y_true) == np.array(y_pred))
