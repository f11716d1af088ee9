"""Plain numpy arrays given to fit, a list of two outputs, and a logit with from_logits=True."""
# expect: full marks
# %% inspect
statistics = wines.describe()

fig1, as1 = plt.subplots()
scores, aantallen = np.unique(wines.quality, return_counts=True)
as1.bar(scores, aantallen)
figure_quality = fig1

fig2, as2 = plt.subplots()
goed = np.sum(wines.quality >= 6)
as2.barh(["goed", "slecht"], [goed, len(wines) - goed])
figure_good = fig2
# %% loaders
train, test = split(wines)

# gewone arrays, fit maakt er zelf batches van en schudt ze
train_data = prepare(train, train)
test_data = prepare(train, test)
print([a.shape for a in train_data])
# %% model
invoer = keras.Input((11,), name="metingen")
h = layers.Dense(64, activation="relu", kernel_initializer="he_normal")(invoer)
h = layers.Dense(64, activation="relu", kernel_initializer="he_normal")(h)
uit_q = layers.Dense(1, name="uit_quality", bias_initializer=keras.initializers.Constant(5.6))(h)
uit_g = layers.Dense(1, name="uit_good")(h)   # logit, dus geen sigmoid hier
model = keras.Model(inputs=invoer, outputs=[uit_q, uit_g])
model.summary()
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss=["mse", keras.losses.BinaryCrossentropy(from_logits=True)],
    loss_weights=[1.0, 1.5],
)
# %% train
X_train, q_train, g_train = train_data
history = model.fit(X_train, [q_train, g_train], batch_size=32, epochs=25, verbose=0)

for naam, waarden in history.history.items():
    if naam != "loss":
        plt.plot(waarden, label=naam)
plt.legend();
# %% evaluate
X_test, q_test, g_test = test_data
q_pred, g_logit = model.predict(X_test, verbose=0)
mae = np.mean(np.abs(q_pred[:, 0] - q_test))
accuracy = np.mean((g_logit[:, 0] > 0) == (g_test == 1))
mae, accuracy
