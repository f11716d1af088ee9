"""Two mistakes: a selector of number columns takes the score along, and accuracy is a metric object, not its result."""
# expect: leakage target_in_features
# expect: reported not_a_number
# may fail: mae accuracy
# %% prepare
from sklearn.compose import make_column_selector, make_column_transformer


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    transformer = make_column_transformer((StandardScaler(), make_column_selector(dtype_include="number")))
    X = transformer.fit(train).transform(rows)
    quality = rows["quality"].to_numpy("float32")
    good = (quality >= 6).astype("float32")
    return X.astype("float32"), quality, good
# %% model
breedte = prepare(train, train)[0].shape[1]
inputs = keras.Input(shape=(breedte,))
x = layers.Dense(32, activation="relu")(inputs)
x = layers.Dense(16, activation="relu")(x)
quality = layers.Dense(1, name="quality")(x)
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% evaluate
X, quality, good = prepare(train, test)
voorspeld = model.predict(X, verbose=0)

mae = keras.metrics.MeanAbsoluteError()
mae.update_state(quality, voorspeld["quality"][:, 0])
mae = float(mae.result())

accuracy = keras.metrics.BinaryAccuracy(threshold=0.5)
accuracy.update_state(good, voorspeld["good"][:, 0])
print(mae, accuracy)
