"""A softmax over a single unit: everyone survives with probability 1."""
# expect: outputs constant_output
# may fail: encoders, fusion, classification_term, learns, auc, modalities_used, reported
# %% model
def build_model(n_structured, n_names, units=16):
    structured = keras.layers.Input(shape=[n_structured], name="structured")
    names = keras.layers.Input(shape=[n_names], name="names")

    hidden_s = keras.layers.Dense(units, activation="relu")(structured)
    hidden_n = keras.layers.Dense(units, activation="relu")(names)
    concat = keras.layers.concatenate([hidden_s, hidden_n])
    hidden = keras.layers.Dense(units, activation="relu")(concat)
    # classification, so softmax
    output = keras.layers.Dense(1, activation="softmax")(hidden)
    return keras.models.Model(inputs={"structured": structured, "names": names}, outputs=output)


_s, _n, _ = prepare(train, train)
model = build_model(_s.shape[1], _n.shape[1])
fusion = "intermediate"
