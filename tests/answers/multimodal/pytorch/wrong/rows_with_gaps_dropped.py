"""Every passenger with a missing value is thrown away before splitting, as tutorials do."""
# expect: missing_values rows_dropped
# may fail: split, batches   (no gap is left to fill)
# %% prepare
def split(passengers):
    df = passengers.dropna()
    return train_test_split(df, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    nums = ["age", "sibsp", "parch", "fare"]
    sc = StandardScaler().fit(SimpleImputer(strategy="median").fit_transform(train[nums]))
    X = sc.transform(SimpleImputer(strategy="median").fit(train[nums]).transform(rows[nums]))
    X = np.c_[X, rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 3]
    vec = CountVectorizer(min_df=6, binary=True).fit(train["name"])
    N = vec.transform(rows["name"]).toarray()
    return X.astype("float32"), N.astype("float32"), rows["survived"].to_numpy("float32")
# %% model
class Net(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(a, 16), nn.Linear(b, 16), nn.Linear(32, 1)

    def forward(self, structured, names):
        return self.c(torch.cat([F.relu(self.a(structured)), F.relu(self.b(names))], 1)).squeeze(1)


a, b, _ = prepare(train, train)
model = Net(a.shape[1], b.shape[1])
fusion = "intermediate"
