"""The outer product of both feature vectors with a one in front (tensor fusion), by einsum."""
# expect: full marks
# %% model
class OuterProduct(layers.Layer):
    def call(self, features):
        a, b = (keras.ops.pad(x, [[0, 0], [1, 0]], constant_values=1.0) for x in features)
        return keras.ops.reshape(keras.ops.einsum("bi,bj->bij", a, b), (-1, a.shape[1] * b.shape[1]))


s, n, _ = prepare(train, train)
structured = keras.Input((s.shape[1],), name="structured")
names = keras.Input((n.shape[1],), name="names")
h_s = layers.Dense(8, activation="relu")(layers.Dense(24, activation="relu")(structured))
h_n = layers.Dense(8, activation="tanh")(names)
x = layers.Dropout(0.1)(OuterProduct()([h_s, h_n]))
x = layers.Dense(16, activation="relu")(x)
model = keras.Model([structured, names], layers.Dense(1, activation="sigmoid", name="survived")(x))
fusion = "intermediate"
