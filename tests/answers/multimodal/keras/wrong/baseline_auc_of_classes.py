"""The classes of the baseline are ranked instead of its probabilities, by a logit that is cut at zero."""
# expect: comparison hard_predictions
# %% baseline
baseline_input = "structured"
x_train, _, y_train = prepare(train, train)
x_test, _, y_test = prepare(train, test)
baseline = keras.Sequential([layers.Dense(16, activation="gelu"), layers.Dense(1)])
baseline.compile("nadam", keras.losses.BinaryCrossentropy(from_logits=True))
baseline.fit(x_train, y_train, batch_size=32, epochs=20, verbose=0)


def predict_classes(network, x):
    return (network.predict(x, verbose=0) > 0).astype("int32").reshape(-1)


baseline_auc = roc_auc_score(y_test, predict_classes(baseline, x_test))
