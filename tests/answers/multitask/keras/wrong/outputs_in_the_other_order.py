"""The model returns good first and quality second, consistently in loss and evaluation."""
# expect: outputs swapped_outputs
# may fail: regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
h = layers.Dense(64, activation="relu")(inputs)
h = layers.Dense(32, activation="relu")(h)
uit_goed = layers.Dense(1, activation="sigmoid")(h)
uit_kwaliteit = layers.Dense(1)(h)
model = keras.Model(inputs, [uit_goed, uit_kwaliteit])
# %% loss
model.compile(keras.optimizers.Adam(2e-3), loss=["binary_crossentropy", "mse"], loss_weights=[1.0, 0.5])
# %% train
log = model.fit(train_data.map(lambda X, y: (X, (y["good"], y["quality"]))), epochs=60, verbose=0)
plt.plot(log.history["loss"])
# %% evaluate
X, quality, good = prepare(train, test)
p_good, p_quality = model.predict(X, verbose=0)
mae = np.abs(p_quality.ravel() - quality).mean()
accuracy = np.mean((p_good.ravel() > 0.5) == (good == 1))
