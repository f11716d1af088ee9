"""The dict's keys are the wrong way round."""
# expect: batches inputs_swapped
# may fail: outputs, encoders, fusion, modalities_used, baseline, comparison, reported, learns, auc
# %% loaders
train, test = split(passengers)


def make_dataset(rows):
    names, structured, survived = prepare(train, rows)
    return tf.data.Dataset.from_tensor_slices(({"structured": structured, "names": names}, survived))


train_data = make_dataset(train).shuffle(len(train)).batch(64)
test_data = make_dataset(test).batch(256)
# %% model
spec = train_data.element_spec[0]
a = keras.Input(spec["structured"].shape[1:], name="structured")
b = keras.Input(spec["names"].shape[1:], name="names")
x = layers.Concatenate()([layers.Dense(16, "relu")(a), layers.Dense(16, "relu")(b)])
model = keras.Model({"structured": a, "names": b}, layers.Dense(1, "sigmoid")(x))
fusion = "intermediate"
# %% evaluate
p = model.predict(test_data, verbose=0).ravel()
y = prepare(train, test)[2]
auc, accuracy = roc_auc_score(y, p), np.mean((p > 0.5) == y)
