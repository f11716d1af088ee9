"""The baseline goes on from the encoder of the model: transfer learning from the network it is compared with."""
# expect: baseline shares_weights
# may fail: comparison
# %% baseline
# the table branch of the model has learned good features already: put a new head on it
backbone_output = model.get_layer("structured_hidden").output
backbone_input = model.get_layer("structured_hidden").input
new_head = layers.Dense(8, activation="relu", name="new_hidden")(backbone_output)
new_head = layers.Dense(1, activation="sigmoid", name="new_head")(new_head)
baseline = keras.Model(backbone_input, new_head, name="structured_only")
baseline.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])

X_tr, _, y_tr = prepare(train, train)
X_te, _, y_te = prepare(train, test)
baseline.fit(X_tr, y_tr, epochs=20, batch_size=32, verbose=0)

baseline_input = "structured"
baseline_auc = roc_auc_score(y_te, baseline.predict(X_te, verbose=0).flatten())
