"""BatchNormalization and Dropout, EarlyStopping on fit's own validation_split, best weights restored."""
# expect: full marks
# %% loaders
train, test = split(wines)
train_data = prepare(train, train)
test_data = prepare(train, test)
# %% model
inputs = keras.Input(shape=(11,))
x = layers.Dense(64, use_bias=False)(inputs)
x = layers.BatchNormalization()(x)
x = layers.Activation("relu")(x)
x = layers.Dropout(0.15)(x)
x = layers.Dense(32, use_bias=False)(x)
x = layers.BatchNormalization()(x)
x = layers.Activation("relu")(x)
# begin bij de gemiddelde score, anders duurt het lang voor de bias er is
start = keras.initializers.Constant(float(train["quality"].mean()))
quality = layers.Dense(1, name="quality", bias_initializer=start)(x)
good = layers.Dense(1, activation="sigmoid", name="good")(x)
model = keras.Model(inputs, [quality, good])
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(3e-3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
    metrics={"quality": "mae", "good": "accuracy"},
)
# %% train
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=12, restore_best_weights=True)
X, q, g = train_data
# validatie komt uit de trainingsdata, niet uit de test
resultaat = model.fit(X, [q, g], validation_split=0.15, epochs=50, batch_size=64, callbacks=[stop], verbose=0)
print("gestopt na", len(resultaat.epoch), "epochs")

fig, ax = plt.subplots(1, 2, figsize=(10, 4))
ax[0].plot(resultaat.history["quality_loss"]); ax[0].plot(resultaat.history["val_quality_loss"])
ax[1].plot(resultaat.history["good_loss"]); ax[1].plot(resultaat.history["val_good_loss"])
# %% evaluate
X, q, g = test_data
scores = model.evaluate(X, [q, g], verbose=0, return_dict=True)
print(scores)
mae = scores["quality_mae"]
accuracy = scores["good_accuracy"]
