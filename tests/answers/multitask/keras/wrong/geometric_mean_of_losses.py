"""The geometric mean of both losses, as in a paper on geometric loss strategies: the root of a product."""
# expect: weights product
# may fail: regression_term classification_term learns mae accuracy
# %% model
class GeometricLossModel(keras.Model):
    """Geometric loss strategy: no weights to tune."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        terms = [
            keras.losses.MeanSquaredError()(y["quality"], y_pred["quality"][..., 0]),
            keras.losses.BinaryCrossentropy()(y["good"], y_pred["good"][..., 0]),
        ]
        return keras.ops.sqrt(terms[0] * terms[1])


features = keras.Input(shape=(len(FEATURES),))
hidden = layers.Dense(64, activation="silu")(features)
hidden = layers.Dense(32, activation="silu")(hidden)
model = GeometricLossModel(
    inputs=features,
    outputs={"quality": layers.Dense(1)(hidden), "good": layers.Dense(1, activation="sigmoid")(hidden)},
)
# %% loss
model.compile(optimizer=keras.optimizers.AdamW(3e-3))
# %% train
losses = model.fit(train_data, epochs=60, verbose=0).history["loss"]
plt.plot(losses);
