"""EarlyStopping takes a high loss for a good one: it stops after some epochs and restores the first."""
# expect: learns too_few_epochs
# may fail: mae accuracy
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=2e-4),
    loss={"quality": keras.losses.MeanSquaredError(), "good": keras.losses.BinaryCrossentropy()},
    loss_weights={"quality": 1.0, "good": 1.0},
)
# %% train
early = keras.callbacks.EarlyStopping(
    monitor="loss", mode="max", patience=5, restore_best_weights=True, start_from_epoch=0, verbose=1
)
hist = model.fit(train_data, epochs=200, verbose=2, callbacks=[early])
plt.plot(hist.epoch, hist.history["quality_loss"], hist.epoch, hist.history["good_loss"]);
