"""`prepare` takes only the rows to convert, so it cannot be called with a training part."""
# expect: labels raised
# may fail: split normalisation leakage batches shuffle outputs shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(rows):
    X = rows[FEATURES].to_numpy("float32")
    return (X - X.mean(axis=0)) / X.std(axis=0), rows["quality"].to_numpy("float32"), (rows["quality"] >= 6).to_numpy("float32")
