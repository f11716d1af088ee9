"""In call the tower of quality takes `inputs` where `x` was meant: it walks around the trunk.

Nothing in what is computed says that the layers of good were meant to be shared: a deeper network for good beside a
shallower one for quality is the very same, so it is judged as two networks.  Only a head of one layer is a bypass.
"""
# expect: shared_trunk two_networks
# may fail: non_linear learns mae accuracy
# %% model
class MultiTaskModel(keras.Model):
    """Shared trunk, one small tower per task."""

    def __init__(self, hidden=(64, 32), tower=16, **kwargs):
        super().__init__(**kwargs)
        self.trunk = [layers.Dense(units, activation="relu") for units in hidden]
        self.quality_tower = layers.Dense(tower, activation="relu")
        self.quality_out = layers.Dense(1)
        self.good_tower = layers.Dense(tower, activation="relu")
        self.good_out = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        x = inputs
        for layer in self.trunk:
            x = layer(x)
        quality = self.quality_out(self.quality_tower(inputs))
        good = self.good_out(self.good_tower(x))
        return {"quality": quality, "good": good}


model = MultiTaskModel(name="multitask")
