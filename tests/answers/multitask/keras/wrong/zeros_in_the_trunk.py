"""The trunk starts with kernels of zero and ReLU: it passes on 0 for every wine and gets no gradient."""
# expect: shared_trunk dead_trunk
# may fail: outputs two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
inputs = keras.Input(shape=(11,))
x = inputs
for units in (64, 32):
    x = layers.Dense(units, activation="relu", kernel_initializer="zeros", bias_initializer="zeros")(x)
quality = layers.Dense(1, name="quality")(x)
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs=inputs, outputs={"quality": quality, "good": good})
