"""A clone is trained and evaluated; `model` keeps its first weights."""
# expect: learns not_trained
# may fail: mae accuracy reported
# %% train
kopie = keras.models.clone_model(model)
kopie.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.5, "good": 1.0},
)
history = kopie.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["quality_loss"])
plt.plot(history["good_loss"])
# %% evaluate
X, quality, good = prepare(train, test)
predictions = kopie.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0.5) == (good == 1))
