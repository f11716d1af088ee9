"""quality is the mean of the trunk's units, without a layer of its own."""
# expect: two_heads headless
# may fail: mae
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu", bias_initializer=keras.initializers.Constant(3.0))(shared)
quality = keras.ops.mean(shared, axis=1, keepdims=True)
good = layers.Dense(1, activation="sigmoid", name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% train
history = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(history["loss"])
