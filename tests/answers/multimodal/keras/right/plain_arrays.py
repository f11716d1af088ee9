"""Arrays that fit shuffles itself."""
# expect: full marks
# %% loaders
train, test = split(passengers)

s, n, y = prepare(train, train)
train_data = ((s, n), y)
s, n, y = prepare(train, test)
test_data = ((s, n), y)
# %% model
(s, n), _ = train_data
in1, in2 = keras.Input((s.shape[1],), name="structured"), keras.Input((n.shape[1],), name="names")
m = layers.Concatenate()([layers.Dense(32, "relu")(in1), layers.Dense(16, "relu")(in2)])
m = layers.Dropout(0.2)(layers.Dense(16, "relu")(m))
model = keras.Model([in1, in2], layers.Dense(1, "sigmoid")(m))
fusion = "intermediate"
# %% train
X, y = train_data
hist = model.fit(list(X), y, epochs=20, batch_size=32, verbose=0)
plt.plot(hist.epoch, hist.history["loss"])
# %% evaluate
X, y = test_data
p = model.predict(list(X), verbose=0).ravel()
auc = roc_auc_score(y, p)
accuracy = float(((p > .5) == y).mean())
