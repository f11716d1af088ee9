"""The network inherits from keras.layers.Layer instead of keras.Model; a loop of the student's own trains it."""
# expect: outputs not_a_model
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# may fail: shuffle
# %% model
class WineNet(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.body1 = layers.Dense(64, activation="relu")
        self.body2 = layers.Dense(32, activation="relu")
        self.quality_head = layers.Dense(1)
        self.good_head = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        h = self.body2(self.body1(x))
        return {"quality": self.quality_head(h), "good": self.good_head(h)}


model = WineNet()
# %% loss
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy()
W_QUALITY, W_GOOD = 0.5, 1.0


def total_loss(y, out):
    return W_QUALITY * mse(y["quality"][:, None], out["quality"]) + W_GOOD * bce(y["good"][:, None], out["good"])


opt = keras.optimizers.Adam(3e-3)
# %% train
@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = total_loss(y, model(x, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


curve = [np.mean([step(x, y).numpy() for x, y in train_data]) for _ in tqdm(range(40))]
plt.plot(curve);
# %% evaluate
X, quality, good = prepare(train, test)
out = model(X)
mae = float(np.mean(np.abs(out["quality"].numpy()[:, 0] - quality)))
accuracy = float(np.mean((out["good"].numpy()[:, 0] >= 0.5) == good))
