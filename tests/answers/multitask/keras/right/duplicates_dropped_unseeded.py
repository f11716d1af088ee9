"""split drops duplicates first and draws an unseeded sample; RobustScaler; frames and series out of prepare."""
# expect: full marks
# %% prepare
from sklearn.preprocessing import RobustScaler


def split(wines):
    uniek = wines.drop_duplicates()
    test = uniek.sample(frac=0.2)
    train = uniek.drop(test.index)
    return train, test


def prepare(train, rows):
    schaler = RobustScaler()
    schaler.fit(train[FEATURES])
    X = pd.DataFrame(schaler.transform(rows[FEATURES]), columns=FEATURES, index=rows.index).clip(-4, 4)
    return X.astype("float32"), rows["quality"], (rows["quality"] >= 6).astype(int)
# %% loaders
train, test = split(wines)


def dataset(rows):
    X, quality, good = prepare(train, rows)
    labels = {"quality": quality.astype("float32"), "good": good.astype("float32")}
    return tf.data.Dataset.from_tensor_slices((X.to_numpy(), labels))


train_data = dataset(train).shuffle(len(train)).batch(32)
test_data = dataset(test).batch(32)
# %% evaluate
pred = model.predict(test_data, verbose=0)
X_test, q_test, g_test = prepare(train, test)
mae = np.mean(np.abs(pred["quality"].ravel() - q_test.to_numpy()))
accuracy = np.mean((pred["good"].ravel() > 0.5).astype(int) == g_test.to_numpy())
