"""The list is put in order of class (as in the original file) and its last fifth is the test part."""
# expect: split sorted_parts
# may fail: auc, modalities_used, learns, reported, baseline, comparison, batches
# %% prepare
def split(passengers):
    # eerst netjes ordenen, zoals de passagierslijst van de White Star Line
    lijst = passengers.sort_values(["pclass", "name"]).reset_index(drop=True)
    return train_test_split(lijst, test_size=0.2, shuffle=False)


def prepare(train, rows):
    getallen = ["age", "sibsp", "parch", "fare"]
    invullen = train[getallen].mean()
    gemiddelde = train[getallen].fillna(invullen).mean()
    spreiding = train[getallen].fillna(invullen).std()
    tabel = (rows[getallen].fillna(invullen) - gemiddelde) / spreiding
    tabel["vrouw"] = (rows["sex"] == "female").astype(int)
    for klasse in [1, 2, 3]:
        tabel[f"klasse {klasse}"] = (rows["pclass"] == klasse).astype(int)
    for haven in "CQS":
        tabel[f"haven {haven}"] = (rows["embarked"] == haven).astype(int)

    woorden = CountVectorizer(binary=True, max_features=50)
    woorden.fit(train["name"])
    namen = woorden.transform(rows["name"]).toarray()
    return tabel.to_numpy(dtype="float32"), namen.astype("float32"), rows["survived"].to_numpy(dtype="float32")
