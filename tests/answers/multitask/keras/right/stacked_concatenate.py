"""Two separate heads stacked to one (n, 2) tensor by Concatenate, labels as (n, 2), one custom loss function."""
# expect: full marks
# %% loaders
train, test = split(wines)


def naar_dataset(rijen):
    X, quality, good = prepare(train, rijen)
    y = np.stack([quality, good], axis=1)
    return tf.data.Dataset.from_tensor_slices((X, y))


train_data = naar_dataset(train).shuffle(1500, seed=1).batch(32)
test_data = naar_dataset(test).batch(64)
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dropout(0.1)(x)
x = layers.Dense(32, activation="relu")(x)
quality = layers.Dense(1)(x)
good = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, layers.Concatenate()([quality, good]))  # vorm (n, 2)
# %% loss
def gecombineerde_loss(y_true, y_pred):
    mse = keras.ops.mean(keras.ops.square(y_true[:, 0] - y_pred[:, 0]))
    bce = keras.ops.mean(keras.ops.binary_crossentropy(y_true[:, 1], y_pred[:, 1]))
    return 1.0 * mse + 1.0 * bce


model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=gecombineerde_loss)
# %% train
class TaakLosses(keras.callbacks.Callback):
    """Bewaart na elke epoch de twee losses apart."""

    def __init__(self):
        super().__init__()
        self.mse, self.bce = [], []

    def on_epoch_end(self, epoch, logs=None):
        X, quality, good = prepare(train, train)
        p = np.asarray(self.model(X, training=False))
        kans = np.clip(p[:, 1], 1e-7, 1 - 1e-7)
        self.mse.append(np.mean((p[:, 0] - quality) ** 2))
        self.bce.append(-np.mean(good * np.log(kans) + (1 - good) * np.log(1 - kans)))


losses = TaakLosses()
model.fit(train_data, epochs=45, verbose=0, callbacks=[losses, TqdmCallback(verbose=0)])
plt.plot(losses.mse, label="mse")
plt.plot(losses.bce, label="bce")
plt.legend();
# %% evaluate
y_test = np.concatenate([y for _, y in test_data])
y_pred = model.predict(test_data, verbose=0)
mae = np.abs(y_test[:, 0] - y_pred[:, 0]).mean()
accuracy = ((y_pred[:, 1] > 0.5) == y_test[:, 1]).mean()
