"""Sex, class, fare and titles are left out for the sake of fairness, and with them all that tells who survives."""
# expect: auc below_threshold
# may fail: modalities_used, baseline   (consequences: so little is there to lose)
# %% prepare
def split(passengers):
    family = passengers["name"].str.extract(r"^([^,]*)")[0]
    return [passengers.iloc[i] for i in next(GroupShuffleSplit(1, test_size=0.2, random_state=5).split(
        passengers, groups=family))]


def prepare(train, rows):
    # geen sekse, klasse of prijs: dat zou oneerlijk zijn. Om dezelfde reden ook geen aanspreking.
    age, port = train["age"], train["embarked"]
    table = pd.DataFrame({"age": (rows["age"].fillna(age.median()) - age.mean()) / age.std()})
    for letter in "CQS":
        table[letter] = (rows["embarked"].fillna(port.mode()[0]) == letter).astype(float)

    # wat overblijft van de naam: de letters van de familienaam
    letters = CountVectorizer(analyzer="char", binary=True, vocabulary=list("abcdefghijklmnopqrstuvwxyz"))
    names = letters.transform(rows["name"].str.split(",").str[0]).toarray()
    return table.to_numpy("float32"), names.astype("float32"), rows["survived"].to_numpy("float32")
