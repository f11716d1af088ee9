"""The loss of quality is None: there is no regression term."""
# expect: regression_term missing
# may fail: weights learns mae
# %% loss
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss={"quality": None, "good": "binary_crossentropy"})
# %% train
history = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["loss"]);
