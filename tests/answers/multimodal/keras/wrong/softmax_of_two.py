"""Two outputs with a softmax and a sparse cross entropy."""
# expect: outputs two_wide_output
# may fail: encoders, fusion, classification_term, learns, auc, modalities_used, reported
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
x = layers.Concatenate()([layers.Dense(16, "relu")(a), layers.Dense(16, "relu")(b)])
model = keras.Model({"structured": a, "names": b}, layers.Dense(2, activation="softmax")(x))
fusion = "intermediate"
# %% loss
model.compile("adam", "sparse_categorical_crossentropy")
# %% evaluate
s, n, y = prepare(train, test)
p = model.predict({"structured": s, "names": n}, verbose=0)
auc, accuracy = roc_auc_score(y, p[:, 1]), np.mean(p.argmax(1) == y)
