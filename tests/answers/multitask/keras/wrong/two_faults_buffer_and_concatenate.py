"""Two mistakes: a shuffle buffer of one row, and good reads the predicted quality next to the trunk."""
# expect: shuffle train_not_shuffled
# expect: two_heads chained_heads
# may fail: mae accuracy
# %% loaders
train, test = split(wines)

BATCH = 64
datasets = []
for deel in (train, test):
    X, quality, good = prepare(train, deel)
    datasets.append(tf.data.Dataset.from_tensor_slices((X, {"quality": quality, "good": good})))
train_data = datasets[0].shuffle(1).batch(BATCH).prefetch(2)
test_data = datasets[1].batch(BATCH).prefetch(2)
# %% model
inp = keras.Input((11,))
romp = layers.Dense(64, activation="relu")(inp)
romp = layers.Dense(32, activation="relu")(romp)
q = layers.Dense(1, name="quality")(romp)
g = layers.concatenate([romp, q])  # de score helpt om goed en slecht te scheiden
g = layers.Dense(1, activation="sigmoid", name="good")(g)
model = keras.Model(inputs=inp, outputs={"quality": q, "good": g})
