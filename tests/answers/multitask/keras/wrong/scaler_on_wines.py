"""Mean and spread are computed beforehand on all wines, the test part included."""
# expect: normalisation all_rows
# %% prepare
gemiddelde = wines[FEATURES].mean()
spreiding = wines[FEATURES].std()


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = ((rows[FEATURES] - gemiddelde) / spreiding).to_numpy(dtype="float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
