"""Words as tf-idf brought down to forty numbers by an SVD, all learned from the training rows; late mean of logits."""
# expect: full marks
# %% prepare
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import MinMaxScaler


def split(passengers):
    return tuple(train_test_split(passengers, test_size=0.25, shuffle=True, random_state=3))


def prepare(train, rows):
    nums = make_pipeline(SimpleImputer(strategy="median"), MinMaxScaler())
    unknown = SimpleImputer(strategy="constant", fill_value="unknown")
    cats = make_pipeline(unknown, OneHotEncoder(handle_unknown="ignore"))
    tab = ColumnTransformer([
        ("nums", nums, ["pclass", "age", "sibsp", "parch", "fare"]),
        ("cats", cats, ["sex", "embarked"]),
    ], sparse_threshold=0).fit(train)
    lsa = make_pipeline(TfidfVectorizer(min_df=3), TruncatedSVD(40, random_state=0), StandardScaler())
    lsa.fit(train["name"])
    f = np.float32
    return tab.transform(rows).astype(f), lsa.transform(rows["name"]).astype(f), rows["survived"].values.astype(f)
# %% model
class LateMean(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.members = nn.ModuleList(
            nn.Sequential(nn.Linear(k, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 1)) for k in (a, b)
        )

    def forward(self, structured, names):
        votes = [member(x) for member, x in zip(self.members, (structured, names))]
        return torch.stack(votes).mean(0).squeeze(1)


S, N, _ = (t.shape for t in train_data.dataset.tensors)
model = LateMean(S[1], N[1])
fusion = "late"
