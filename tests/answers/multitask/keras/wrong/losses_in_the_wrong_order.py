"""Two mistakes in one list: the cross-entropy stands first, where quality is, and the MSE second."""
# expect: regression_term cross_entropy
# expect: classification_term squared_error
# may fail: weights learns mae accuracy reported
# %% loaders
train, test = split(wines)


def to_ds(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices((X, (quality, good)))


train_data = to_ds(train).shuffle(2000).batch(64).prefetch(tf.data.AUTOTUNE)
test_data = to_ds(test).batch(64).prefetch(tf.data.AUTOTUNE)
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(32, activation="relu")(x)
out_quality = layers.Dense(1, name="quality")(x)
out_good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs=inputs, outputs=[out_quality, out_good])
# %% loss
model.compile(optimizer="adam", loss=["binary_crossentropy", "mse"], loss_weights=[1.0, 0.5])
# %% train
history = model.fit(train_data, epochs=40, verbose=0)
plt.plot(history.history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
pred_quality, pred_good = model.predict(X, verbose=0)
mae = np.mean(np.abs(pred_quality[:, 0] - quality))
accuracy = np.mean((pred_good[:, 0] > 0.5) == good)
