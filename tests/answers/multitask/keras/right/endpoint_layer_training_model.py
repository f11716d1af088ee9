"""A training model that shares all layers with `model` has the labels as inputs and an endpoint layer with add_loss."""
# expect: full marks
# %% loaders
train, test = split(wines)


def as_dict(rows):
    X, quality, good = prepare(train, rows)
    return {"X": X, "quality": quality[:, None], "good": good[:, None]}


train_dict, test_dict = as_dict(train), as_dict(test)
train_data = tf.data.Dataset.from_tensor_slices(train_dict).shuffle(2000).batch(64, drop_remainder=True)
test_data = tf.data.Dataset.from_tensor_slices(test_dict).batch(64)
# %% model
X_in = keras.Input((len(FEATURES),), name="X")
h = layers.GaussianNoise(0.05)(X_in)
h = layers.Dense(48, activation="elu", kernel_regularizer=keras.regularizers.L2(1e-4))(h)
h = layers.Dropout(0.2)(h)
h = layers.Dense(24, activation="elu", kernel_regularizer=keras.regularizers.L2(1e-4))(h)
score = layers.Dense(1, bias_initializer=keras.initializers.Constant(5.5), name="score")(h)
logit = layers.Dense(1, name="logit")(h)
model = keras.Model(X_in, {"quality": score, "good": logit}, name="inference")
# %% loss
class MultiTaskEndpoint(layers.Layer):
    """Takes labels and outputs, adds the weighted losses, passes the outputs on (see the Keras guide)."""

    def __init__(self, w_quality, w_good, **kwargs):
        super().__init__(**kwargs)
        self.w_quality, self.w_good = w_quality, w_good
        self.mse = keras.losses.MeanSquaredError()
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)

    def call(self, inputs):
        y_quality, y_good, p_quality, p_good = inputs
        self.add_loss(self.w_quality * self.mse(y_quality, p_quality))
        self.add_loss(self.w_good * self.bce(y_good, p_good))
        return p_quality, p_good


quality_in = keras.Input((1,), name="quality")
good_in = keras.Input((1,), name="good")
endpoint = MultiTaskEndpoint(w_quality=0.6, w_good=1.0, name="endpoint")
outputs = endpoint([quality_in, good_in, score, logit])
# train_model en model hebben dezelfde lagen, dus dezelfde gewichten
train_model = keras.Model({"X": X_in, "quality": quality_in, "good": good_in}, outputs, name="training")
train_model.compile(optimizer=keras.optimizers.Nadam(2e-3))
# %% train
class TaskLosses(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.mse, self.bce = [], []

    def on_epoch_end(self, epoch, logs=None):
        p = model.predict(train_dict["X"], batch_size=512, verbose=0)
        self.mse.append(np.mean((p["quality"] - train_dict["quality"]) ** 2))
        z, y = p["good"], train_dict["good"]
        self.bce.append(np.mean(np.logaddexp(0, z) - y * z))


curve = TaskLosses()
train_model.fit(train_data, epochs=40, verbose=0, callbacks=[curve, TqdmCallback(verbose=0)])
plt.plot(curve.mse, label="mse")
plt.plot(curve.bce, label="bce")
plt.legend();
# %% evaluate
pred = model.predict(test_dict["X"], verbose=0)
mae = np.abs(pred["quality"] - test_dict["quality"]).mean()
accuracy = ((pred["good"] >= 0) == test_dict["good"].astype(bool)).mean()
print(mae, accuracy)
