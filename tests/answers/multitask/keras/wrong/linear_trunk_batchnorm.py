"""Dense and BatchNormalization without an activation: in use the trunk is still linear."""
# expect: non_linear linear_trunk
# may fail: mae
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.BatchNormalization()(layers.Dense(32)(inputs))
x = layers.BatchNormalization()(layers.Dense(32)(x))
quality = layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(5.6))(x)
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs, {"quality": quality, "good": good})
