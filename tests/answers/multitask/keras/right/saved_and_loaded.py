"""Callbacks of a professional: best model to disk, CSV log, plateau; then the saved model is read back into `model`."""
# expect: full marks
# %% train
callbacks = [
    keras.callbacks.ModelCheckpoint("wine.keras", monitor="loss", save_best_only=True),
    keras.callbacks.CSVLogger("log.csv"),
    keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=5, factor=0.5),
    keras.callbacks.TerminateOnNaN(),
]
model.fit(train_data, epochs=60, verbose=0, callbacks=callbacks)
model.load_weights("wine.keras")
log = pd.read_csv("log.csv")
log.plot(x="epoch", y=["quality_loss", "good_loss"]);
# %% evaluate
restored = keras.models.load_model("wine.keras")
pred = restored.predict(test_data, verbose=0)
truth = test.reset_index(drop=True)["quality"]
mae = float((truth - pred["quality"][:, 0]).abs().mean())
accuracy = float(((pred["good"][:, 0] >= 0.5) == (truth >= 6)).mean())
