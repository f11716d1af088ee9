"""Interleaved tf.data shards, gradient accumulation, EMA weights, a LearningRateScheduler and loss factories."""
# expect: full marks
# %% loaders
train, test = split(wines)
N_SHARDS = 4


def pack(X, quality, good):
    return X, {"quality": quality[..., tf.newaxis], "good": good[..., tf.newaxis]}


def training_pipeline(arrays, batch_size):
    whole = tf.data.Dataset.from_tensor_slices(arrays).cache()
    return (
        tf.data.Dataset.range(N_SHARDS)
        .interleave(
            lambda i: whole.shard(N_SHARDS, i),
            cycle_length=N_SHARDS,
            num_parallel_calls=tf.data.AUTOTUNE,
        )
        .shuffle(len(arrays[0]))
        .batch(batch_size)
        .map(pack, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )


def evaluation_pipeline(arrays):
    return tf.data.Dataset.from_tensor_slices(arrays).batch(128).map(pack).cache()


train_data = training_pipeline(prepare(train, train), 16)
test_data = evaluation_pipeline(prepare(train, test))
# %% model
def mlp(units, name):
    return keras.Sequential([layers.Dense(u, activation="mish") for u in units], name=name)


wine = keras.Input((len(FEATURES),), name="wine")
trunk = mlp([64, 48], "trunk")
codes = trunk(wine)
model = keras.Model(
    inputs=wine,
    outputs=dict(
        quality=layers.Dense(1, name="quality")(mlp([16], "quality_tower")(codes)),
        good=layers.Dense(1, name="good")(mlp([16], "good_tower")(codes)),
    ),
)
# %% loss
from keras import ops


def make_squared_error(scale):
    def scaled_mse(y_true, y_pred):
        return scale * ops.mean(ops.square(ops.cast(y_true, y_pred.dtype) - y_pred), axis=-1)

    return scaled_mse


def make_cross_entropy(scale):
    def scaled_bce(y_true, y_pred):
        y_true = ops.cast(y_true, y_pred.dtype)
        # stabiele vorm van BCE met logits
        per_wine = ops.maximum(y_pred, 0) - y_pred * y_true + ops.log1p(ops.exp(-ops.abs(y_pred)))
        return scale * ops.mean(per_wine, axis=-1)

    return scaled_bce


# de gewichten zitten in de losses zelf: 0.7 voor quality en 1.3 voor good
model.compile(
    optimizer=keras.optimizers.Adam(
        learning_rate=3e-3,
        gradient_accumulation_steps=4,  # 4 x 16 = 64 wijnen per update
        use_ema=True,
        ema_momentum=0.95,
    ),
    loss={"quality": make_squared_error(0.7), "good": make_cross_entropy(1.3)},
)
# %% train
def warmup_then_decay(epoch, lr):
    if epoch < 3:
        return 3e-3 * (epoch + 1) / 3
    return max(lr * 0.96, 1e-4)


callbacks = [
    keras.callbacks.LearningRateScheduler(warmup_then_decay),
    keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
    keras.callbacks.TerminateOnNaN(),
]
history = model.fit(train_data, epochs=45, callbacks=callbacks, verbose=0)
history = pd.DataFrame(history.history, index=history.epoch)
history[["quality_loss", "good_loss"]].plot(secondary_y="good_loss");
# %% evaluate
totals = keras.metrics.MeanAbsoluteError(), keras.metrics.BinaryAccuracy(threshold=0.0)
for X, y in test_data:
    y_hat = model(X, training=False)
    totals[0].update_state(y["quality"], y_hat["quality"])
    totals[1].update_state(y["good"], y_hat["good"])
mae, accuracy = (metric.result().numpy() for metric in totals)
print(f"{mae=:.3f} {accuracy=:.3f}")
