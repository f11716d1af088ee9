"""The best weights on validation rows, kept on disk by a callback and read back; figures from the restored model."""
# expect: full marks
# %% train
callbacks = [
    keras.callbacks.ModelCheckpoint("best.weights.h5", monitor="loss", save_best_only=True, save_weights_only=True),
    keras.callbacks.CSVLogger("run.csv", separator=";"),
    keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=3),
]
model.fit(train_data, epochs=20, verbose=0, callbacks=callbacks)
model.load_weights("best.weights.h5")
pd.read_csv("run.csv", sep=";").plot(x="epoch", y="loss");
