"""The features of both are added up and averaged to one number, without a layer that reads them."""
# expect: fusion not_fused
# may fail: learns, auc, modalities_used
# %% model
s, n, _ = prepare(train, train)
a, b = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
first, second = (layers.Dense(16, activation="tanh")(layers.Dense(32, activation="relu")(x)) for x in (a, b))
output = keras.ops.sigmoid(4 * keras.ops.mean(first + second, axis=1, keepdims=True))
model = keras.Model({"structured": a, "names": b}, output)
fusion = "intermediate"
