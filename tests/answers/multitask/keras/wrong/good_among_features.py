"""The column `good` that split adds ends up among the features."""
# expect: leakage target_in_features
# may fail: mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    train = train.assign(good=train["quality"] >= 6)
    rows = rows.assign(good=rows["quality"] >= 6)
    kolommen = [k for k in rows.columns if k != "quality"]
    scaler = StandardScaler().fit(train[kolommen])
    X = scaler.transform(rows[kolommen]).astype("float32")
    return X, rows["quality"].to_numpy(dtype="float32"), rows["good"].to_numpy(dtype="float32")
# %% model
inputs = keras.Input(shape=(len(FEATURES) + 1,))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
