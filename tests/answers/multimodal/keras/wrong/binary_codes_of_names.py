"""The encoder of the names ends in hard zeros and ones (h > 0): no gradient comes through the comparison."""
# expect: encoders detached
# may fail: learns, modalities_used, auc
# %% model
class BinaryCode(layers.Layer):
    """Semantic hashing: every name becomes a code of `bits` zeros and ones."""

    def __init__(self, bits, **kwargs):
        super().__init__(**kwargs)
        self.project = layers.Dense(bits)

    def call(self, x):
        return keras.ops.cast(self.project(x) > 0, "float32")


class HashedNames(keras.Model):
    def __init__(self):
        super().__init__()
        self.table = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu")])
        self.code = BinaryCode(24)
        self.decide = keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])

    def call(self, batch, training=False):
        features = layers.concatenate([self.table(batch["structured"]), self.code(batch["names"])])
        return self.decide(features)


model = HashedNames()
for batch, _ in train_data.take(1):
    print(model(batch).shape)
fusion = "intermediate"
