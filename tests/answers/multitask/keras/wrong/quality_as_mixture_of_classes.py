"""quality mixes a mean for good wines and one for bad wines, by the probability that the head of good predicts."""
# expect: two_heads chained_heads
# %% model
class HurdleNet(keras.Model):
    """E[quality | x] = P(good) * E[quality | good, x] + P(bad) * E[quality | bad, x]."""

    def __init__(self):
        super().__init__()
        self.trunk = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")])
        self.p_good = layers.Dense(1, activation="sigmoid")
        self.mean_if_good = layers.Dense(1, bias_initializer=keras.initializers.Constant(6.3))
        self.mean_if_bad = layers.Dense(1, bias_initializer=keras.initializers.Constant(4.9))

    def call(self, x):
        h = self.trunk(x)
        p = self.p_good(h)
        quality = p * self.mean_if_good(h) + (1.0 - p) * self.mean_if_bad(h)
        return {"quality": quality, "good": p}


model = HurdleNet()
model.build((None, len(FEATURES)))
