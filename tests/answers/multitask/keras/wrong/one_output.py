"""Only quality is predicted; good is read from it by rounding."""
# expect: outputs one_output
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
model = keras.Sequential([
    keras.Input(shape=(len(FEATURES),)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
# %% loss
model.compile("adam", loss="mse")
# %% train
history = model.fit(train_data.map(lambda X, y: (X, y["quality"])), epochs=60, verbose=0).history
plt.plot(history["loss"])
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict(X, verbose=0).ravel()
mae = np.abs(predictions - quality).mean()
accuracy = np.mean((predictions >= 5.5) == (good == 1))
