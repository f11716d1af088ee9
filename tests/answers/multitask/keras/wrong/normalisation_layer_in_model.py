"""prepare leaves the measurements raw and a Normalization layer in the model scales them."""
# expect: normalisation not_normalised
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = rows[FEATURES].to_numpy(dtype="float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    good = (rows["quality"] >= 6).to_numpy(dtype="float32")
    return X, quality, good
# %% model
norm = layers.Normalization()
norm.adapt(prepare(train, train)[0])

inputs = keras.Input(shape=(len(FEATURES),))
shared = norm(inputs)
shared = layers.Dense(64, activation="relu")(shared)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
