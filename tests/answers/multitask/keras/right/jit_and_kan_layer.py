"""A layer of learned curves, compiled with XLA; heads as small Sequential models; labels in a list."""
# expect: full marks
# %% model
@keras.saving.register_keras_serializable()
class Curves(layers.Layer):
    def __init__(self, units, knots=8, **kwargs):
        super().__init__(**kwargs)
        self.units, self.knots = units, knots

    def build(self, shape):
        self.grid = np.linspace(-3, 3, self.knots).astype("float32")
        self.kernel = self.add_weight(shape=(shape[-1] * self.knots, self.units), initializer="glorot_uniform")

    def call(self, x):
        basis = keras.ops.exp(-keras.ops.square((x[..., None] - self.grid) / 0.85))
        flat = keras.ops.reshape(basis, (-1, x.shape[-1] * self.knots))
        return keras.ops.matmul(flat, self.kernel)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "knots": self.knots}


inputs = keras.Input((len(FEATURES),))
trunk = keras.Sequential([Curves(24), layers.Activation("tanh"), layers.Dense(24, activation="tanh")], name="trunk")
shared = trunk(inputs)
head = lambda name, act: keras.Sequential([layers.Dense(8, activation="tanh"), layers.Dense(1, activation=act)], name=name)
model = keras.Model(inputs, {"quality": head("quality", None)(shared), "good": head("good", "sigmoid")(shared)})
# %% loss
model.compile(keras.optimizers.Adam(4e-3), loss={"quality": "mse", "good": "binary_crossentropy"}, jit_compile=True)
# %% train
run = model.fit(train_data, epochs=60, verbose=0)
plt.plot(run.history["quality_loss"]); plt.plot(run.history["good_loss"]);
