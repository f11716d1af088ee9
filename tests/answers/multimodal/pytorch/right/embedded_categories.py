"""Class, sex and port as codes in the table that the model looks up in embeddings of their own."""
# expect: full marks
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=11, stratify=passengers[["survived", "pclass"]])


NUMERIC = ["age", "fare", "sibsp", "parch"]


def prepare(train, rows):
    centre, width = train[NUMERIC].median(), train[NUMERIC].std()
    numeric = (rows[NUMERIC].fillna(centre) - centre) / width
    ports = {port: code for code, port in enumerate(sorted(train["embarked"].dropna().unique()), start=1)}
    codes = pd.DataFrame({
        "pclass": rows["pclass"] - 1,
        "sex": (rows["sex"] == "male").astype(int),
        "port": rows["embarked"].map(ports).fillna(0),     # 0: unknown
    })
    structured = np.hstack([codes, numeric]).astype("float32")

    seen = Counter(re.sub(r"[^a-z ]", " ", " ".join(train["name"]).lower()).split())
    index = {w: i for i, w in enumerate((w for w, n in sorted(seen.items()) if n > 5), start=2)}
    names = [[index.get(w, 1) for w in re.sub(r"[^a-z ]", " ", n.lower()).split()][:12] for n in rows["name"]]
    names = np.array([ids + [0] * (12 - len(ids)) for ids in names])
    return structured, names, rows["survived"].astype("float32").to_numpy()
# %% model
class TabularAndText(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.cats = nn.ModuleList([nn.Embedding(3, 3), nn.Embedding(2, 2), nn.Embedding(8, 3)])
        self.tab = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Dropout(0.1))
        self.words = nn.Embedding(words, 16, padding_idx=0)
        self.head = nn.Sequential(nn.Linear(48, 24), nn.ReLU(), nn.Linear(24, 1))

    def forward(self, structured, names):
        codes = structured[:, :3].long().clamp(min=0)
        limits = (2, 1, 7)
        cats = [emb(codes[:, i].clamp(max=limits[i])) for i, emb in enumerate(self.cats)]
        tab = self.tab(torch.cat([*cats, structured[:, 3:]], 1))
        return self.head(torch.cat([tab, self.words(names).mean(1)], 1)).squeeze(1)


model = TabularAndText(int(prepare(train, train)[1].max()) + 1)
fusion = "intermediate"
