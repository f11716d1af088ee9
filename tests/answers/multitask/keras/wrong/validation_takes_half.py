"""Four tenths of the training part is kept for validation, so train_data holds less than the 70 % asked."""
# expect: batches rows_lost
# may fail: mae accuracy
# %% loaders
train, test = split(wines)

X_all, q_all, g_all = prepare(train, train)
idx_train, idx_val = train_test_split(np.arange(len(X_all)), test_size=0.4, random_state=SEED, stratify=g_all)


def as_dataset(X, q, g):
    return tf.data.Dataset.from_tensor_slices((X, {"quality": q, "good": g}))


train_data = as_dataset(X_all[idx_train], q_all[idx_train], g_all[idx_train]).shuffle(1024).batch(32)
val_data = as_dataset(X_all[idx_val], q_all[idx_val], g_all[idx_val]).batch(256)
test_data = as_dataset(*prepare(train, test)).batch(256)
# %% train
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=15, restore_best_weights=True)
hist = model.fit(train_data, validation_data=val_data, epochs=80, verbose=0, callbacks=[stop])
pd.DataFrame(hist.history)[["quality_loss", "good_loss"]].plot();
