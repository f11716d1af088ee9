"""Nothing is filled in: NaN stays and the network gives NaN."""
# expect: missing_values not_numbers
# may fail: normalisation, leakage, labels, modalities, batches, outputs, encoders, fusion, classification_term, learns
# may fail: auc, modalities_used, reported, baseline, comparison
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    structured = (rows[num] - train[num].mean()) / train[num].std()
    structured["sex"] = (rows["sex"] == "female").astype(float)
    structured["pclass"] = rows["pclass"] - 2
    counts = Counter(w for n in train["name"] for w in n.lower().split())
    known = {w: i for i, w in enumerate([w for w in counts if counts[w] >= 5], 2)}
    names = np.array([([known.get(w, 1) for w in n.lower().split()] + [0] * 9)[:9] for n in rows["name"]])
    return structured.to_numpy("float32"), names, rows["survived"].to_numpy("float32")
# %% evaluate
structured, names, survived = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    p = torch.sigmoid(model(structured, names)).numpy()
p = np.nan_to_num(p)
auc = roc_auc_score(survived, p)
accuracy = np.mean((p > 0.5) == survived.numpy())
# %% baseline
baseline_input = "names"
baseline = nn.Sequential(nn.EmbeddingBag(int(names.max()) + 500, 8, padding_idx=0), nn.Linear(8, 1))
opt = torch.optim.Adam(baseline.parameters(), 1e-2)
for _ in range(15):
    for s, n, y in train_data:
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(baseline(n).flatten(), y).backward()
        opt.step()
with torch.no_grad():
    baseline_auc = roc_auc_score(survived, baseline(names).flatten())
