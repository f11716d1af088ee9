"""Five-fold cross-validation trains five fresh networks and reports their mean; `model` itself is never trained."""
# expect: learns not_trained
# may fail: regression_term classification_term weights mae accuracy reported shuffle
# %% model
def build_model():
    inputs = keras.Input(shape=(len(FEATURES),))
    x = layers.Dense(64, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    quality = layers.Dense(1, name="quality")(x)
    good = layers.Dense(1, activation="sigmoid", name="good")(x)
    return keras.Model(inputs, {"quality": quality, "good": good})


model = build_model()
# %% loss
def compile_model(net):
    net.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss={"quality": "mse", "good": "binary_crossentropy"},
        loss_weights={"quality": 0.5, "good": 1.0},
    )
    return net


compile_model(model)
# %% train
from sklearn.model_selection import KFold

X, q, g = prepare(train, train)
fold_models = []
for i_train, i_val in KFold(n_splits=5, shuffle=True, random_state=SEED).split(X):
    net = compile_model(build_model())
    net.fit(X[i_train], {"quality": q[i_train], "good": g[i_train]}, epochs=30, batch_size=64, verbose=0)
    print(net.evaluate(X[i_val], {"quality": q[i_val], "good": g[i_val]}, verbose=0))
    fold_models.append(net)
# %% evaluate
X, quality, good = prepare(train, test)
votes = [net.predict(X, verbose=0) for net in fold_models]
mae = np.abs(np.mean([v["quality"][:, 0] for v in votes], axis=0) - quality).mean()
accuracy = ((np.mean([v["good"][:, 0] for v in votes], axis=0) > 0.5) == good).mean()
