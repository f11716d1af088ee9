"""A multi-modal habit: the model asks for the measurements twice, as two inputs."""
# expect: outputs wrong_inputs
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
in_a = keras.Input(shape=(len(FEATURES),))
in_b = keras.Input(shape=(len(FEATURES),))
samen = layers.Concatenate()([layers.Dense(32, activation="relu")(in_a), layers.Dense(32, activation="relu")(in_b)])
samen = layers.Dense(32, activation="relu")(samen)
quality = layers.Dense(1, name="quality")(samen)
good = layers.Dense(1, activation="sigmoid", name="good")(samen)
model = keras.Model([in_a, in_b], {"quality": quality, "good": good})
# %% train
history = model.fit(train_data.map(lambda X, y: ((X, X), y)), epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"])
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict((X, X), verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (good == 1))
