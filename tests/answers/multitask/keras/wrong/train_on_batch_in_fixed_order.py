"""Plain arrays, and a loop over train_on_batch that cuts them into the same batches every epoch."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)
train_data = prepare(train, train)
test_data = prepare(train, test)
# %% train
X, quality, good = train_data
verloop = []
for epoch in range(60):
    for start in range(0, len(X), 64):
        deel = slice(start, start + 64)
        labels = {"quality": quality[deel], "good": good[deel]}
        uit = model.train_on_batch(X[deel], labels, return_dict=True)
    verloop.append(float(uit["loss"]))
    model.reset_metrics()
plt.plot(verloop);
