"""A layer that scales gradients has 0 as its default, and the head of good does not set it."""
# expect: shared_trunk detached
# may fail: learns accuracy
# %% model
class GradientScale(layers.Layer):
    """Forward: identity. Backward: the gradient times `scale`."""

    def __init__(self, scale=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, x):
        return self.scale * x + (1.0 - self.scale) * keras.ops.stop_gradient(x)


def head(x, name, activation=None, **scaling):
    x = GradientScale(**scaling)(x)
    return layers.Dense(1, activation=activation, name=name)(x)


inputs = keras.Input(shape=(len(FEATURES),))
trunk = layers.Dense(64, activation="swish")(inputs)
trunk = layers.Dense(32, activation="swish")(trunk)
model = keras.Model(inputs, {"quality": head(trunk, "quality", scale=1.0), "good": head(trunk, "good", "sigmoid")})
