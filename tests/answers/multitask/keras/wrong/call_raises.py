"""A subclassed model whose call uses a layer that __init__ never made."""
# expect: outputs raised
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class WijnModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.romp = layers.Dense(64, activation="relu")
        self.hoofd_quality = layers.Dense(1)
        self.hoofd_good = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        x = self.romp(x)
        x = self.romp2(x)
        return {"quality": self.hoofd_quality(x), "good": self.hoofd_good(x)}


model = WijnModel()
