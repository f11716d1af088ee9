"""One logit without activation, with from_logits in the loss, in halves that are multiplied and added."""
# expect: full marks
# %% model
s, n, _ = prepare(train, train)
a = keras.Input((s.shape[1],), name="structured")
b = keras.Input((n.shape[1],), name="names")
fa = layers.Dense(16, activation="gelu")(layers.Dense(32, activation="gelu")(a))
fb = layers.Dense(16, activation="gelu")(b)
z = layers.Concatenate()([layers.Multiply()([fa, fb]), layers.Add()([fa, fb])])
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, name="survived")(z))
fusion = "halverwege"
# %% loss
model.compile("adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
# %% train
h = model.fit(train_data, epochs=30, verbose=0)
plt.plot(h.history["loss"], "k-")
# %% evaluate
s, n, y = prepare(train, test)
z = model.predict({"structured": s, "names": n}, verbose=0).ravel()
auc = roc_auc_score(y, z)
accuracy = np.mean((z > 0) == (y == 1))
