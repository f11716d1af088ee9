"""As in transfer learning, the encoders are frozen before fit, but these have never been trained."""
# expect: learns encoders_not_moved
# may fail: auc, modalities_used   (consequences)
# %% model
s, n, _ = prepare(train, train)
in_s = keras.Input((s.shape[1],), name="structured")
in_n = keras.Input((n.shape[1],), name="names")
enc_s = layers.Dense(32, activation="relu", name="encoder_s")(in_s)
enc_n = layers.Dense(32, activation="relu", name="encoder_n")(in_n)
h = layers.concatenate([enc_s, enc_n])
h = layers.Dense(16, activation="relu", name="head")(h)
model = keras.Model({"structured": in_s, "names": in_n}, layers.Dense(1, "sigmoid", name="y")(h))
fusion = "intermediate"
# %% train
# step 1: freeze the encoders, train the head (step 2 would be fine-tuning)
for layer in model.layers:
    if layer.name.startswith("encoder"):
        layer.trainable = False
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="binary_crossentropy")
hist = model.fit(train_data, epochs=25, verbose=0)
plt.plot(hist.history["loss"])
