"""Both figures are of the training rows, after a training that is far too long."""
# expect: reported on_training_rows
# may fail: auc
# %% train
model.optimizer.learning_rate = 0.01
history = model.fit(train_data, epochs=60, verbose=0)
# %% evaluate
s, n, y = prepare(train, train)
p = model.predict({"structured": s, "names": n}, verbose=0).ravel()
auc, accuracy = roc_auc_score(y, p), np.mean((p > 0.5) == y)
