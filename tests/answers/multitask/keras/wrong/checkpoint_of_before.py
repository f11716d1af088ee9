"""The weights are saved before training as a precaution, and loaded instead of the best ones afterwards."""
# expect: learns not_trained
# may fail: mae accuracy
# %% train
model.save_weights("start.weights.h5")
hist = model.fit(train_data, epochs=40, verbose=0)
model.load_weights("start.weights.h5")
plt.plot(hist.history["loss"]);
