"""The BCE is written out in compute_loss, with labels (n,) against outputs (n, 1)."""
# expect: classification_term broadcasting
# may fail: learns, auc, modalities_used, reported
# %% model
(s0, n0, _) = prepare(train, train)


class Titanic(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        y = keras.ops.cast(y, "float32")
        p = keras.ops.clip(y_pred, 1e-6, 1 - 1e-6)
        bce = y * keras.ops.log(p) + (1 - y) * keras.ops.log(1 - p)
        return -keras.ops.mean(bce)


inp_a = keras.Input(shape=(s0.shape[-1],), name="structured")
inp_b = keras.Input(shape=(n0.shape[-1],), name="names")
vec_a = layers.Dense(20, activation="elu")(inp_a)
vec_b = layers.Dense(20, activation="elu")(inp_b)
vec = layers.Dense(20, activation="elu")(layers.concatenate([vec_a, vec_b]))
model = Titanic(inputs={"structured": inp_a, "names": inp_b}, outputs=layers.Dense(1, activation="sigmoid")(vec))
fusion = "halverwege"
# %% loss
model.compile(optimizer=keras.optimizers.Adam(1e-3))
