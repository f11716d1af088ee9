"""Just before fit a map divides the score by ten; the evaluation multiplies it again."""
# expect: mae above_threshold
# may fail: outputs regression_term classification_term weights learns reported batches       (the loss itself is right)
# %% train
def scale_target(X, y):
    return X, {"quality": y["quality"] / 10.0, "good": y["good"]}


# zo zijn beide losses ongeveer even groot
history = model.fit(train_data.map(scale_target), epochs=60, verbose=0)
for name in ("quality_loss", "good_loss"):
    plt.semilogy(history.history[name], label=name)
plt.legend();
# %% evaluate
X, quality, good = prepare(train, test)
predicted = model.predict(X, verbose=0)
mae = float(np.abs(10 * predicted["quality"][:, 0] - quality).mean())
accuracy = float(((predicted["good"][:, 0] > 0.5) == good).mean())
