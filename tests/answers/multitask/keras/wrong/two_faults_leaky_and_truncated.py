"""Two mistakes: LeakyReLU with slope 1 is no activation at all, and accuracy comes from the truncated score."""
# expect: non_linear linear_trunk
# expect: reported from_regression
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = inputs
for units in [64, 32]:
    shared = layers.Dense(units)(shared)
    shared = layers.LeakyReLU(negative_slope=1.0)(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% evaluate
from sklearn.metrics import accuracy_score, mean_absolute_error

X, quality, good = prepare(train, test)
scores = model.predict(X, verbose=0)["quality"].ravel()
mae = mean_absolute_error(quality, scores)
accuracy = accuracy_score(good, scores.astype(int) >= 6)
