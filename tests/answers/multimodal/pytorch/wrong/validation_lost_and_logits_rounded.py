"""Two faults: split throws a validation part away, and accuracy compares rounded logits with the labels."""
# expect: split rows_lost
# expect: reported disagrees
# %% prepare
def split(passengers):
    """60 % train, 20 % validation, 20 % test"""
    trainval, test = train_test_split(passengers, test_size=0.2, random_state=SEED)
    train, val = train_test_split(trainval, test_size=0.25, random_state=SEED)
    return train, test


def prepare(train, rows):
    age, fare, port = train["age"].median(), train["fare"].median(), train["embarked"].mode()[0]

    def clean(df):
        df = df.fillna({"age": age, "fare": fare, "embarked": port})
        df["fare"] = np.log1p(df["fare"])
        df["female"] = (df["sex"] == "female") * 1
        df["S"], df["C"] = (df["embarked"] == "S") * 1, (df["embarked"] == "C") * 1
        return df

    columns = ["pclass", "female", "age", "sibsp", "parch", "fare", "S", "C"]
    scaler = StandardScaler().fit(clean(train)[columns])
    structured = scaler.transform(clean(rows)[columns]).astype(np.float32)

    def title(name):
        return re.sub(r"^.*?, *", "", name).split(".")[0].split(" ")[-1].lower()

    common = [t for t, c in Counter(map(title, train["name"])).most_common() if c >= 5]
    numbers = {t: i for i, t in enumerate(common, start=2)}
    names = np.array([[numbers.get(title(name), 1)] for name in rows["name"]], dtype=np.int64)
    return structured, names, rows["survived"].to_numpy(np.float32)
# %% evaluate
model.eval()
correct = count = 0
scores, truth = [], []
with torch.no_grad():
    for s, n, y in test_data:
        out = model(s, n)
        correct += (torch.round(out) == y).sum().item()
        count += y.size(0)
        scores.append(out)
        truth.append(y)
accuracy = correct / count
auc = roc_auc_score(torch.cat(truth), torch.cat(scores))
print(f"accuracy {accuracy:.3f} auc {auc:.3f}")
