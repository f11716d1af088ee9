"""The AUC is that of the probability to survive against who drowned."""
# expect: reported inverted
# %% evaluate
x_s, x_n, y = prepare(train, test)
p = model.predict({"structured": x_s, "names": x_n}, verbose=0)[:, 0]
verdronken = y == 0
auc = float(roc_auc_score(verdronken, p))
accuracy = float(1 - np.mean((p >= 0.5) == verdronken))
