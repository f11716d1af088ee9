"""SGD with Nesterov momentum on a cosine schedule, loss_weights left out (1 and 1)."""
# expect: full marks
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
x = layers.Dense(64, activation="silu")(inputs)
x = layers.Dense(32, activation="silu")(x)
quality = layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(5.5))(x)
good = layers.Dense(1, name="good")(x)  # logit
model = keras.Model(inputs, {"quality": quality, "good": good})
# %% loss
stappen = 60 * int(np.ceil(len(train) / 64))
rate = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.03, decay_steps=stappen)
# beide gewichten zijn hier 1: MSE en BCE zijn bij het begin ongeveer even groot
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=rate, momentum=0.9, nesterov=True),
    loss={"quality": "mean_squared_error", "good": keras.losses.BinaryCrossentropy(from_logits=True)},
)
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.abs(p["quality"].ravel() - quality).mean()
kans = 1 / (1 + np.exp(-p["good"].ravel()))
accuracy = np.mean((kans >= 0.5) == (good == 1))
