"""A scaled sigmoid that covers the scores, dict batches, and a class weight per wine in the cross-entropy."""
# expect: full marks
# %% loaders
train, test = split(wines)


def als_dict(rows):
    X, quality, good = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices({"X": X, "quality": quality, "good": good})


train_data = als_dict(train).shuffle(len(train)).batch(32)
test_data = als_dict(test).batch(32)
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dropout(0.1)(x)
x = layers.Dense(32, activation="relu")(x)
q = layers.Dense(1, activation="sigmoid")(x)
quality = layers.Rescaling(10.0, name="quality")(q)  # scores lopen van 0 tot 10
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
def gewogen_bce(y_true, y_pred):
    y_true = keras.ops.reshape(keras.ops.cast(y_true, "float32"), (-1, 1))
    fout = keras.ops.binary_crossentropy(y_true, y_pred)
    return keras.ops.mean(fout * keras.ops.where(y_true > 0.5, 0.95, 1.05))


model.compile(
    keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": gewogen_bce},
    loss_weights={"quality": 1.0, "good": 1.0},
)
# %% train
def voor_fit(batch):
    return batch["X"], {"quality": batch["quality"], "good": batch["good"]}


history = model.fit(train_data.map(voor_fit), epochs=25, verbose=0).history
plt.plot(history["quality_loss"], "r", history["good_loss"], "b");
