"""The output of the trunk is returned as a third output."""
# expect: outputs extra_outputs
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, [quality, good, shared])
# %% loss
model.compile("adam", loss=["mse", "binary_crossentropy", None], loss_weights=[1.0, 1.0, None])
# %% train
X, quality, good = prepare(train, train)
log = model.fit(X, [quality, good, None], epochs=60, verbose=0)
plt.plot(log.history["loss"])
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict(X, verbose=0)
mae = np.abs(predictions[0].ravel() - quality).mean()
accuracy = np.mean((predictions[1].ravel() > 0.5) == (good == 1))
