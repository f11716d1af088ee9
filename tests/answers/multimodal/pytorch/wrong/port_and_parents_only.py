"""All is done right, on two columns and a first letter that say next to nothing about who survives."""
# expect: auc below_threshold
# %% prepare
ALFABET = "abcdefghijklmnopqrstuvwxyz"


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    # structured: alleen de haven en het aantal ouders/kinderen
    haven = rows["embarked"].fillna(train["embarked"].mode()[0])
    delen = [(haven == letter) for letter in sorted(train["embarked"].dropna().unique())]
    delen.append((rows["parch"] - train["parch"].mean()) / train["parch"].std())
    structured = np.stack([deel.to_numpy(dtype="float32") for deel in delen], axis=1)

    # names: nummer van de eerste en de tweede letter van de familienaam, 0 is al de rest
    def nummers(naam):
        return [ALFABET.find(letter) + 1 for letter in naam.lower().ljust(2)[:2]]

    names = np.array([nummers(naam) for naam in rows["name"]], dtype="int64")
    return structured, names, rows["survived"].to_numpy(dtype="float32")
# %% model
class TweeTorens(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.tabel = nn.Sequential(nn.Linear(d, 16), nn.ReLU())
        self.letters = nn.Embedding(27, 4)
        self.naam = nn.Sequential(nn.Flatten(), nn.Linear(8, 8), nn.ReLU())
        self.samen = nn.Sequential(nn.Linear(24, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        naam = self.naam(self.letters(names))
        return self.samen(torch.cat([self.tabel(structured), naam], dim=1)).squeeze(1)


model = TweeTorens(prepare(train, train)[0].shape[1])
fusion = "intermediate"
