"""A subclass of keras.Model whose call gets the pair."""
# expect: full marks
# %% model
class Fusion(keras.Model):
    def __init__(self, units=24):
        super().__init__()
        self.enc_s = keras.Sequential([layers.Dense(units, activation="relu"), layers.Dense(units, activation="relu")])
        self.enc_n = keras.Sequential([layers.Dense(units, activation="relu"), layers.Dropout(0.3)])
        self.hidden = layers.Dense(16, activation="relu")
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, inputs, training=False):
        structured, names = inputs
        both = keras.ops.concatenate([self.enc_s(structured), self.enc_n(names, training=training)], axis=-1)
        return self.out(self.hidden(both))


model = Fusion()
_s, _n, _ = prepare(train, train)
model([_s[:2], _n[:2]])
fusion = "intermediate"
# %% loaders
train, test = split(passengers)
_tr, _te = prepare(train, train), prepare(train, test)
train_data = tf.data.Dataset.from_tensor_slices(((_tr[0], _tr[1]), _tr[2])).shuffle(2000).batch(64)
test_data = tf.data.Dataset.from_tensor_slices(((_te[0], _te[1]), _te[2])).batch(64)
# %% train
history = model.fit(train_data, epochs=20, verbose=0)
# %% evaluate
p = model.predict(test_data, verbose=0).flatten()
auc = roc_auc_score(_te[2], p)
accuracy = (np.round(p) == _te[2]).mean()
