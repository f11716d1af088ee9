"""Three columns are left out of the normalisation and keep their own scale."""
# expect: normalisation not_normalised
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    te_schalen = [k for k in FEATURES if "sulfur" not in k and k != "alcohol"]
    X = rows[FEATURES].astype("float32").copy()
    X[te_schalen] = (X[te_schalen] - train[te_schalen].mean()) / train[te_schalen].std()
    quality = rows["quality"].to_numpy(dtype="float32")
    return X.to_numpy(dtype="float32"), quality, (quality >= 6).astype("float32")
