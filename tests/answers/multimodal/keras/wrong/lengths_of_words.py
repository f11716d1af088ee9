"""Of a name only the lengths of its first words are left: no word can be read from that."""
# expect: modalities own_columns_unused
# may fail: auc, modalities_used, learns, comparison, baseline
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    scaler = make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()).fit(train[num])
    s = np.c_[scaler.transform(rows[num]), rows["sex"] == "female", rows["pclass"] == 1, rows["pclass"] == 3]
    n = np.array([([len(word) for word in name.split()] + 6 * [0])[:6] for name in rows["name"]])
    return s.astype("float32"), (n / 10).astype("float32"), rows["survived"].to_numpy("float32")
