"""train_on_batch on slices of one array that holds the rows of both parts."""
# expect: learns test_rows
# %% train
X_all, quality_all, good_all = prepare(train, pd.concat([train, test]))
rng = np.random.default_rng(0)
curve = []
for epoch in tqdm(range(40)):
    order = rng.permutation(len(X_all))
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        logs = model.train_on_batch(X_all[rows], {"quality": quality_all[rows], "good": good_all[rows]})
    curve.append(float(logs[0]))
plt.plot(curve);
