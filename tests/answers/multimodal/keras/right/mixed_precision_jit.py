"""Mixed precision, XLA and several steps in one execution: habits from larger networks."""
# expect: full marks
# %% model
keras.config.set_dtype_policy("mixed_bfloat16")
s, n, _ = prepare(train, train)
structured = keras.Input((s.shape[1],), name="structured", dtype="float32")
names = keras.Input((n.shape[1],), name="names", dtype="float32")
left = layers.Dense(32, activation="relu")(structured)
right = layers.Dense(16, activation="relu", kernel_regularizer="l2")(names)
joined = layers.Dense(16, activation="relu")(layers.concatenate([left, right]))
model = keras.Model([structured, names], layers.Dense(1, activation="sigmoid", dtype="float32")(joined))
keras.config.set_dtype_policy("float32")
fusion = "intermediate"
# %% loss
model.compile(keras.optimizers.Adam(2e-3), loss="binary_crossentropy", steps_per_execution=4, jit_compile=True)
# %% train
h = model.fit(train_data, epochs=20, verbose=0)
plt.plot(h.history["loss"]);
