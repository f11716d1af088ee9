"""A numpy person, in Dutch: plain arrays, a fresh permutation per epoch and train_on_batch."""
# expect: full marks
# %% prepare
def split(passengers):
    # elke rij krijgt een toevalsgetal, de 22 % kleinste gaan naar test
    toeval = np.random.default_rng(2024).random(len(passengers))
    grens = np.quantile(toeval, 0.22)
    return passengers.loc[toeval > grens], passengers.loc[toeval <= grens]


def maak_tabel(train, rijen):
    kolommen = []
    for kolom in ["age", "fare"]:
        mediaan = np.nanmedian(train[kolom])
        leeg = rijen[kolom].isna().to_numpy()
        bron = train[kolom].fillna(mediaan).to_numpy(float)
        waarde = rijen[kolom].fillna(mediaan).to_numpy(float)
        kolommen += [(waarde - bron.mean()) / bron.std(), leeg * 1.0]
    for kolom in ["sibsp", "parch"]:
        kolommen.append((rijen[kolom].to_numpy(float) - train[kolom].mean()) / train[kolom].std())
    for klasse in (1, 2, 3):
        kolommen.append((rijen["pclass"] == klasse).to_numpy(float))
    kolommen.append((rijen["sex"] == "female").to_numpy(float))
    return np.array(kolommen, dtype="float32").T


def prepare(train, rows):
    def woorden(naam):
        return naam.lower().replace(",", " ").replace(".", " ").replace("(", " ").replace(")", " ").split()

    teller = Counter()
    for naam in train.name:
        teller.update(set(woorden(naam)))
    woordenlijst = {woord: plaats for plaats, (woord, _) in enumerate(teller.most_common(50))}
    tekst = np.zeros((len(rows), 50), dtype="float32")
    for rij, naam in enumerate(rows.name):
        for woord in woorden(naam):
            if woord in woordenlijst:
                tekst[rij, woordenlijst[woord]] = 1
    return maak_tabel(train, rows), tekst, rows.survived.to_numpy().astype("float32")
# %% loaders
train, test = split(passengers)

tabel_train, tekst_train, y_train = prepare(train, train)
tabel_test, tekst_test, y_test = prepare(train, test)
train_data = ((tabel_train, tekst_train), y_train)
test_data = ((tabel_test, tekst_test), y_test)
# %% model
invoer1 = keras.Input((tabel_train.shape[1],), name="structured")
invoer2 = keras.Input((tekst_train.shape[1],), name="names")
tak1 = layers.LeakyReLU()(layers.Dense(24)(invoer1))
tak2 = layers.LeakyReLU()(layers.Dense(12)(invoer2))
samen = layers.concatenate([tak1, tak2])
samen = layers.Dropout(0.25)(samen)
samen = layers.LeakyReLU()(layers.Dense(12)(samen))
uit = layers.Dense(1, activation="sigmoid")(samen)
model = keras.Model(inputs=[invoer1, invoer2], outputs=uit)
fusion = "halverwege"
# %% train
verlies = []
toeval = np.random.default_rng(SEED)
grootte = 50
for epoch in tqdm(range(18)):
    volgorde = toeval.permutation(len(y_train))
    som, aantal = 0.0, 0
    for begin in range(0, len(volgorde), grootte):
        keuze = volgorde[begin:begin + grootte]
        loss = model.train_on_batch([tabel_train[keuze], tekst_train[keuze]], y_train[keuze])
        som, aantal = som + float(loss), aantal + 1
    verlies.append(som / aantal)
plt.plot(verlies, "k-")
plt.title("verlies per epoch");
# %% evaluate
kans = model.predict_on_batch([tabel_test, tekst_test])[:, 0]
auc = roc_auc_score(y_test, kans)
accuracy = 1 - np.abs((kans >= 0.5) - y_test).mean()
# %% baseline
# enkel de namen
baseline_input = "names"
keras.utils.set_random_seed(5)
baseline = keras.Sequential([keras.Input((50,)), layers.Dense(12, "relu"), layers.Dense(1, "sigmoid")])
baseline.compile(keras.optimizers.Adam(0.003), "binary_crossentropy")
baseline.fit(tekst_train, y_train, batch_size=grootte, epochs=18, verbose=0)
baseline_auc = roc_auc_score(y_test, baseline.predict_on_batch(tekst_test)[:, 0])
