"""The output quality is squeezed to (n,) and the labels are columns (n, 1): train_step subtracts them n by n."""
# expect: regression_term broadcasting
# may fail: learns mae
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED, stratify=wines["quality"])


def prepare(train, rows):
    scaler = StandardScaler().fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype("float32")
    quality = rows[["quality"]].to_numpy("float32")
    good = (quality >= 6).astype("float32")
    return X, quality, good
# %% model
class TweeTaken(keras.Model):
    def train_step(self, data):
        X, y = data
        with tf.GradientTape() as tape:
            uit = self(X, training=True)
            mse = tf.reduce_mean(tf.square(y["quality"] - uit["quality"]))
            bce = tf.reduce_mean(keras.losses.binary_crossentropy(y["good"], uit["good"]))
            verlies = 0.5 * mse + 1.0 * bce
        gradienten = tape.gradient(verlies, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradienten, self.trainable_variables))
        return {"loss": verlies, "quality_loss": mse, "good_loss": bce}


x_in = keras.Input((len(FEATURES),))
x = layers.Dense(64, activation="relu")(x_in)
x = layers.Dense(32, activation="relu")(x)
kwaliteit = keras.ops.squeeze(layers.Dense(1)(x), axis=-1)
goed = layers.Dense(1, activation="sigmoid")(x)
model = TweeTaken(x_in, {"quality": kwaliteit, "good": goed})
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
# %% evaluate
X, quality, good = prepare(train, test)
p = model.predict(X, verbose=0)
mae = np.mean(np.abs(p["quality"].ravel() - quality.ravel()))
accuracy = np.mean((p["good"].ravel() > 0.5) == good.ravel())
