"""Only two columns are kept, those that say least about a wine: the network does hardly better than a constant."""
# expect: accuracy below_threshold
# may fail: mae learns
# %% prepare
# deze twee hangen het minst met elkaar samen, dus geen dubbele informatie
GEKOZEN = ["residual_sugar", "pH"]


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[GEKOZEN])
    X = scaler.transform(rows[GEKOZEN]).astype("float32")
    quality = rows["quality"].to_numpy("float32")
    return X, quality, (quality >= 6).astype("float32")
# %% model
inputs = keras.Input(shape=(len(GEKOZEN),))
x = layers.Dense(32, activation="relu")(inputs)
x = layers.Dense(16, activation="relu")(x)
quality = layers.Dense(1, name="quality")(x)
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs, {"quality": quality, "good": good})
