"""A scorecard builder encodes the title by the survival rate of that title, from the labels of the rows themselves."""
# expect: leakage target_in_features
# may fail: normalisation, modalities, labels, auc, modalities_used, reported, baseline, comparison
# %% prepare
def split(passengers):
    return tuple(train_test_split(passengers, test_size=0.25, random_state=1))


def woe(bins, y, smooth=0.5):
    """log(% events / % non-events) for each bin"""
    grouped = pd.DataFrame({"bin": bins, "y": y}).groupby("bin")["y"].agg(["sum", "count"])
    events = (grouped["sum"] + smooth) / (y.sum() + smooth)
    non_events = (grouped["count"] - grouped["sum"] + smooth) / ((1 - y).sum() + smooth)
    return bins.map(np.log(events / non_events))


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    imputer = SimpleImputer(strategy="median").fit(train[num])
    scaler = StandardScaler().fit(imputer.transform(train[num]))
    cat = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[["pclass", "sex", "embarked"]])
    structured = np.hstack([
        scaler.transform(imputer.transform(rows[num])),
        cat.transform(rows[["pclass", "sex", "embarked"]]),
    ])

    titles = rows["name"].str.extract(r", ([^.]+)\.", expand=False).fillna("other")
    vec = CountVectorizer(min_df=10, binary=True).fit(train["name"])
    names = np.hstack([vec.transform(rows["name"]).toarray(), woe(titles, rows["survived"]).to_numpy()[:, None]])
    return structured.astype("float32"), names.astype("float32"), rows["survived"].to_numpy("float32")
