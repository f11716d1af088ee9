"""Learned positive weights (Kendall, 2018) as extra variables of a subclassed model, in compute_loss."""
# expect: full marks
# %% model
@keras.saving.register_keras_serializable()
class KendallModel(keras.Model):
    """De gewichten van de twee losses worden mee geleerd: w = exp(-s), dus altijd positief."""

    def __init__(self):
        super().__init__()
        self.d1 = layers.Dense(64, activation="relu")
        self.drop = layers.Dropout(0.15)
        self.d2 = layers.Dense(32, activation="relu")
        self.kwaliteit = layers.Dense(1)
        self.goed = layers.Dense(1, activation="sigmoid")
        self.s_quality = self.add_weight(name="s_quality", shape=(), initializer="zeros")
        self.s_good = self.add_weight(name="s_good", shape=(), initializer="zeros")

    def call(self, x, training=False):
        h = self.d2(self.drop(self.d1(x), training=training))
        return self.kwaliteit(h), self.goed(h)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        q, g = y["quality"], y["good"]
        mse = keras.ops.mean(keras.losses.mean_squared_error(q[:, None], y_pred[0]))
        bce = keras.ops.mean(keras.losses.binary_crossentropy(g[:, None], y_pred[1]))
        return keras.ops.exp(-self.s_quality) * mse + self.s_quality + keras.ops.exp(-self.s_good) * bce + self.s_good


model = KendallModel()
# %% loss
model.compile(optimizer=keras.optimizers.Adam(3e-3))
# %% train
h = model.fit(train_data, epochs=50, verbose=0)
print("gewichten:", np.exp(-float(model.s_quality)), np.exp(-float(model.s_good)))
plt.plot(h.history["loss"]);
# %% evaluate
X, quality, good = prepare(train, test)
q, g = model.predict(X, verbose=0)
mae = np.mean(np.abs(q[:, 0] - quality))
accuracy = np.mean((g[:, 0] > 0.5) == good.astype(bool))
