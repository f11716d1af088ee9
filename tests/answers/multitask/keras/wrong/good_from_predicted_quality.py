"""accuracy compares the predicted score with 6, and does not use the output good."""
# expect: reported from_regression
# may fail: mae
# %% loss
# good telt het zwaarst: daar gaat het om
model.compile(
    optimizer="adam",
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.1, "good": 1.0},
)
# %% train
history = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
voorspeld = model.predict(X, verbose=0)["quality"].ravel()
mae = np.mean(np.abs(voorspeld - quality))
accuracy = np.mean((voorspeld >= 6) == (good == 1))
