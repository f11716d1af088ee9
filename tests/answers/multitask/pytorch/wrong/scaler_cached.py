"""The scaler is kept from the first call on, so a later call with another `train` still uses the first one."""
# expect: normalisation ignores_train
# %% prepare
class Preprocessor:
    def __init__(self):
        self.scaler = None

    def get_scaler(self, train):
        if self.scaler is None:  # maar één keer fitten
            self.scaler = StandardScaler().fit(train[FEATURES])
        return self.scaler


preprocessor = Preprocessor()


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = preprocessor.get_scaler(train).transform(rows[FEATURES])
    quality, good = rows["quality"], rows["quality"] >= 6
    return tuple(np.asarray(a, dtype="float32") for a in (X, quality, good))
