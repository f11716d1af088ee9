"""Bin numbers from keras Discretization in prepare, an Embedding per measurement in the model, no other input."""
# expect: full marks
# %% prepare
N_BINS = 10


def split(wines):
    return train_test_split(wines, test_size=0.15, random_state=3, stratify=wines["quality"] >= 6)


def prepare(train, rows):
    kolommen = []
    for naam in FEATURES:
        # de grenzen van de bakjes komen uit train
        bakjes = layers.Discretization(num_bins=N_BINS, epsilon=0.001)
        bakjes.adapt(train[naam].to_numpy("float32").reshape(-1, 1))
        nummer = bakjes(rows[naam].to_numpy("float32").reshape(-1, 1))
        kolommen.append(np.asarray(nummer, dtype="float32").reshape(-1))
    X = np.stack(kolommen, axis=1)  # getallen van 0 tot 9, voor elke kolom dezelfde schaal
    quality = rows["quality"].to_numpy().astype("float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
# %% model
invoer = keras.Input(shape=(11,), dtype="float32")
codes = keras.ops.cast(keras.ops.clip(invoer, 0, N_BINS - 1), "int32")
# een tabel voor alle kolommen samen: kolom i gebruikt de rijen i*N_BINS .. i*N_BINS+9
verschoven = codes + keras.ops.arange(11, dtype="int32") * N_BINS
vectoren = layers.Embedding(11 * N_BINS, 6, name="bakjes")(verschoven)
plat = layers.Flatten()(vectoren)
plat = layers.Dropout(0.25)(plat)
romp = layers.Dense(48, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-4))(plat)
romp = layers.Dropout(0.25)(romp)
quality = layers.Dense(1, name="quality")(romp)
good = layers.Dense(1, name="good", activation="sigmoid")(romp)
model = keras.Model(invoer, [quality, good], name="bakjes_net")
model.summary()
# %% loss
model.compile(
    optimizer="adam",
    loss=["mse", "binary_crossentropy"],
    loss_weights=[0.4, 1.0],
)
# %% train
def paren(X, y):
    return X, (y["quality"], y["good"])


geschiedenis = model.fit(train_data.map(paren), epochs=70, verbose=0)
g = pd.DataFrame(geschiedenis.history)
g.drop(columns="loss").plot(logy=True, grid=True)
# %% evaluate
Xt, qt, gt = prepare(train, test)
pq, pg = model.predict(Xt, verbose=0)
mae = np.mean(np.abs(pq.flatten() - qt))
accuracy = np.mean((pg.flatten() > 0.5).astype(int) == gt)
mae, accuracy
