"""A subclassed model that calls tf.stop_gradient on the trunk's output for quality."""
# expect: shared_trunk detached
# may fail: learns mae
# %% model
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = layers.Dense(64, activation="relu")
        self.l2 = layers.Dense(32, activation="relu")
        self.q = layers.Dense(1)
        self.g = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        z = self.l2(self.l1(x))
        return {"quality": self.q(tf.stop_gradient(z)), "good": self.g(z)}


model = Net()
