"""Trained in two stages, recompiled with a smaller learning rate; validation rows kept apart from the training part."""
# expect: full marks
# %% loaders
train, test = split(wines)

X, quality, good = prepare(train, train)
n_val = len(X) // 6
val_data = tf.data.Dataset.from_tensor_slices(
    (X[:n_val], {"quality": quality[:n_val], "good": good[:n_val]})
).batch(64)
train_data = (
    tf.data.Dataset.from_tensor_slices((X[n_val:], {"quality": quality[n_val:], "good": good[n_val:]}))
    .shuffle(len(X))
    .batch(32, drop_remainder=True)
)
X, quality, good = prepare(train, test)
test_data = tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})).batch(64)
# %% loss
def compileer(rate):
    model.compile(
        optimizer=keras.optimizers.AdamW(rate, weight_decay=0.2),
        loss={"quality": "mse", "good": "binary_crossentropy"},
        loss_weights={"quality": 0.6, "good": 1.4},
    )


compileer(3e-3)
# %% train
eerste = model.fit(train_data, validation_data=val_data, epochs=20, verbose=0).history
compileer(5e-4)
tweede = model.fit(train_data, validation_data=val_data, epochs=8, verbose=0).history

for naam in ["quality_loss", "good_loss", "val_quality_loss", "val_good_loss"]:
    plt.plot(eerste[naam] + tweede[naam], label=naam)
plt.legend();
