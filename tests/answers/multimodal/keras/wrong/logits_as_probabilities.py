"""The last layer has no activation, the loss expects probabilities."""
# expect: classification_term bce_on_logits
# may fail: learns, auc, modalities_used, reported
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
x = layers.Concatenate()([layers.Dense(16, activation="relu")(a), layers.Dense(16, activation="relu")(b)])
model = keras.Model({"structured": a, "names": b}, layers.Dense(1)(layers.Dense(16, activation="relu")(x)))
fusion = "intermediate"
