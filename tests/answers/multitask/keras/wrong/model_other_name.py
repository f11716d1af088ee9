"""The network is called `netwerk`; `model` does not exist."""
# expect: outputs missing
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
netwerk = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
netwerk.compile("adam", loss={"quality": "mse", "good": "binary_crossentropy"}, loss_weights={"quality": 1, "good": 1})
# %% train
history = netwerk.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"])
# %% evaluate
X, quality, good = prepare(train, test)
predictions = netwerk.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (good == 1))
