"""The AUC of rounded probabilities."""
# expect: reported hard_predictions
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.25, random_state=SEED, stratify=passengers["survived"])


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    s = np.c_[pipe.transform(rows[num]), rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 3]
    words = CountVectorizer(min_df=8, binary=True).fit(train["name"])
    n = words.transform(rows["name"]).toarray().astype("float32")
    return s.astype("float32"), n, rows["survived"].to_numpy("float32")
# %% evaluate
s, n, y = prepare(train, test)
y_pred = (model.predict({"structured": s, "names": n}, verbose=0) > 0.5).astype(int).ravel()
auc = roc_auc_score(y, y_pred)
accuracy = np.mean(y == y_pred)
