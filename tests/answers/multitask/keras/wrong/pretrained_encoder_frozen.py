"""The trunk is the encoder of an autoencoder, frozen after pretraining and never released."""
# expect: shared_trunk frozen_trunk
# may fail: learns mae accuracy
# %% model
# stap 1: een autoencoder leert de metingen samenvatten
X_train = prepare(train, train)[0]
encoder = keras.Sequential(
    [keras.Input((11,)), layers.Dense(32, activation="tanh"), layers.Dense(16, activation="tanh")], name="encoder"
)
decoder = keras.Sequential([keras.Input((16,)), layers.Dense(32, activation="tanh"), layers.Dense(11)], name="decoder")
autoencoder = keras.Sequential([encoder, decoder])
autoencoder.compile("adam", "mse")
autoencoder.fit(X_train, X_train, epochs=25, batch_size=32, verbose=0)

# stap 2: transfer learning
encoder.trainable = False
inputs = keras.Input((11,))
code = encoder(inputs)
model = keras.Model(
    inputs=inputs,
    outputs={"quality": layers.Dense(1, name="quality")(code), "good": layers.Dense(1, "sigmoid", name="good")(code)},
)
