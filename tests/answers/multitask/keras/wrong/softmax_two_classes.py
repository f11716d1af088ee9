"""good is a softmax over two classes with a sparse cross-entropy."""
# expect: outputs two_wide_output
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(2, activation="softmax", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": "sparse_categorical_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean(predictions["good"].argmax(axis=1) == good)
