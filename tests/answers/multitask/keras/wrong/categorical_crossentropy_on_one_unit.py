"""categorical_crossentropy divides one probability by itself: that term is 0 for every wine."""
# expect: classification_term unsure
# may fail: weights learns mae accuracy
# %% loaders
train, test = split(wines)


def naar_dataset(rijen):
    X, quality, good = prepare(train, rijen)
    # labels als kolommen, met dezelfde vorm als de uitvoeren
    return tf.data.Dataset.from_tensor_slices((X, {"quality": quality.reshape(-1, 1), "good": good.reshape(-1, 1)}))


train_data = naar_dataset(train).shuffle(len(train)).batch(64)
test_data = naar_dataset(test).batch(64)
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.003),
    loss={"quality": "mean_squared_error", "good": "categorical_crossentropy"},
    loss_weights={"quality": 0.7, "good": 0.3},
)
