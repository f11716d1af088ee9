"""A trunk of residual blocks with LayerNormalization, built by a function, with gradient clipping."""
# expect: full marks
# %% model
def residual_block(x, breedte):
    y = layers.LayerNormalization()(x)
    y = layers.Dense(breedte, activation="relu")(y)
    y = layers.Dropout(0.2)(y)
    y = layers.Dense(x.shape[-1])(y)
    return layers.Add()([x, y])


def build_model(n_features):
    inputs = keras.Input(shape=(n_features,))
    x = layers.Dense(32)(inputs)
    for _ in range(2):
        x = residual_block(x, 64)
    x = layers.LayerNormalization()(x)
    quality = layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(5.6))(x)
    good = layers.Dense(1, name="good", activation="sigmoid")(x)
    return keras.Model(inputs, {"quality": quality, "good": good}, name="residual")


model = build_model(len(FEATURES))
model.summary()
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(1e-3, clipnorm=1.0),
    loss={"quality": "mse", "good": "bce"},
    loss_weights={"quality": 1, "good": 1},
)
# %% train
history = model.fit(train_data, epochs=15, verbose=0).history
for key in ("quality_loss", "good_loss"):
    plt.plot(history[key], label=key)
plt.legend();
