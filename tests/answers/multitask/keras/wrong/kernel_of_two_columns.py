"""A layer of the student's own holds one kernel with two columns: both outputs come out of one matrix product."""
# expect: two_heads fused_head
# %% model
class Koppen(layers.Layer):
    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], 2), initializer="glorot_uniform", name="W")
        self.b = self.add_weight(shape=(2,), initializer="zeros", name="b")

    def call(self, h):
        z = keras.ops.matmul(h, self.W) + self.b
        kwaliteit, logit = keras.ops.split(z, 2, axis=1)
        return kwaliteit, keras.ops.sigmoid(logit)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.romp = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")])
        self.koppen = Koppen()

    def call(self, x):
        q, g = self.koppen(self.romp(x))
        return dict(quality=q, good=g)


model = Net()
