"""Counts of words and the columns of the table go side by side into one network, called intermediate."""
# expect: fusion misnamed
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num, cat = ["age", "sibsp", "parch", "fare"], ["pclass", "sex", "embarked"]
    one_hot = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    scale = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    table = ColumnTransformer([("num", scale, num), ("cat", one_hot, cat)], sparse_threshold=0).fit(train)
    words = CountVectorizer(min_df=8).fit(train["name"])
    names = words.transform(rows["name"]).toarray().astype("float32")
    return table.transform(rows).astype("float32"), names, rows["survived"].to_numpy("float32")
# %% model
s, n, _ = (t.shape for t in train_data.dataset.tensors)


class Joined(nn.Sequential):
    def forward(self, structured, names):
        return super().forward(torch.cat([structured, names], dim=1)).squeeze(1)


model = Joined(nn.Linear(s[1] + n[1], 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))
fusion = "intermediate"
