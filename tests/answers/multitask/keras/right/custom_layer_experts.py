"""Shared experts in a custom Layer, mixed by a softmax gate per task (a multi-gate mixture of experts)."""
# expect: full marks
# %% model
class Experts(layers.Layer):
    """Een paar kleine netwerkjes naast elkaar, met gewichten van vorm (experts, in, uit)."""

    def __init__(self, aantal, units, **kwargs):
        super().__init__(**kwargs)
        self.aantal = aantal
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(self.aantal, input_shape[-1], self.units), initializer="he_uniform", name="w")
        self.b = self.add_weight(shape=(self.aantal, self.units), initializer="zeros", name="b")

    def call(self, x):
        return keras.ops.relu(keras.ops.einsum("ni,eiu->neu", x, self.w) + self.b)


def meng(experts, inputs, naam):
    gewichten = layers.Dense(4, activation="softmax", name=f"poort_{naam}")(inputs)
    return keras.ops.sum(experts * keras.ops.expand_dims(gewichten, -1), axis=1)


inputs = keras.Input(shape=(len(FEATURES),))
experts = Experts(4, 32)(inputs)
quality = layers.Dense(1, name="quality")(meng(experts, inputs, "quality"))
good = layers.Dense(1, activation="sigmoid", name="good")(meng(experts, inputs, "good"))
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(learning_rate=4e-3, weight_decay=0.3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.6, "good": 1.0},
)
