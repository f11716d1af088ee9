"""The features are divided by numbers that were typed in; train is not used."""
# expect: normalisation ignores_train
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


# ongeveer het midden en de breedte van elke kolom, opgezocht op internet
MIDDEN = np.array([8.3, 0.5, 0.3, 2.5, 0.09, 16, 46, 0.997, 3.3, 0.66, 10.4])
BREEDTE = np.array([1.8, 0.2, 0.2, 1.5, 0.05, 11, 33, 0.002, 0.16, 0.18, 1.1])


def prepare(train, rows):
    X = (rows[FEATURES].to_numpy() - MIDDEN) / BREEDTE
    quality = rows["quality"].to_numpy(dtype="float32")
    return X.astype("float32"), quality, (quality >= 6).astype("float32")
