"""The evaluation calls the network with training=True, copied from a training step, so dropout is still on."""
# expect: reported disagrees
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
trunk = layers.Dense(64, activation="relu")(inputs)
trunk = layers.Dropout(0.5)(trunk)
trunk = layers.Dense(32, activation="relu")(trunk)
trunk = layers.Dropout(0.5)(trunk)
quality = layers.Dense(1, name="quality")(trunk)
good = layers.Dense(1, activation="sigmoid", name="good")(trunk)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% train
model.fit(train_data, epochs=120, verbose=0)
for name in ("quality_loss", "good_loss"):
    plt.plot(model.history.history[name], label=name)
plt.legend();
# %% evaluate
X, quality, good = prepare(train, test)
pred = model(X, training=True)
mae = float(np.mean(np.abs(np.ravel(pred["quality"]) - quality)))
accuracy = float(np.mean((np.ravel(pred["good"]) > 0.5) == good))
