"""A positive class weight of 20, copied from an example on fraud: nearly every wine is predicted to be good."""
# expect: accuracy below_threshold
# may fail: learns
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(32, activation="relu")(x)
model = keras.Model(inputs, {
    "quality": layers.Dense(1, name="quality")(x),
    "good": layers.Dense(1, name="good")(x),  # logit
})
# %% loss
POS_WEIGHT = 20.0


def weighted_bce(y_true, logits):
    y_true = tf.cast(y_true, logits.dtype)
    return tf.nn.weighted_cross_entropy_with_logits(labels=y_true, logits=logits, pos_weight=POS_WEIGHT)


model.compile(
    optimizer=keras.optimizers.AdamW(learning_rate=2e-3, weight_decay=0.3),
    loss={"quality": "mse", "good": weighted_bce},
    loss_weights={"quality": 1.0, "good": 0.5},
)
# %% evaluate
X, quality, good = prepare(train, test)
predictions = model.predict(X, verbose=0)
mae = np.abs(predictions["quality"].ravel() - quality).mean()
accuracy = np.mean((predictions["good"].ravel() > 0) == (good == 1))
