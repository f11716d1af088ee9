"""One Dense layer with two units, sliced into quality and good."""
# expect: two_heads fused_head
# %% model
class TweeInEen(keras.Model):
    def __init__(self):
        super().__init__()
        self.romp1 = layers.Dense(64, activation="relu")
        self.romp2 = layers.Dense(32, activation="relu")
        self.uit = layers.Dense(2)

    def call(self, x):
        uit = self.uit(self.romp2(self.romp1(x)))
        return {"quality": uit[:, :1], "good": keras.ops.sigmoid(uit[:, 1:])}


model = TweeInEen()
