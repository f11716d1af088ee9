"""Learned loss weights in a Layer of its own that a wrapping Model's compute_loss calls; the trunk is SwiGLU."""
# expect: full marks
# %% model
class SwiGLU(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.gate = layers.Dense(units, use_bias=False)
        self.value = layers.Dense(units, use_bias=False)
        self.out = layers.Dense(units)

    def call(self, x):
        return self.out(keras.activations.silu(self.gate(x)) * self.value(x))


class LossBalancer(layers.Layer):
    """Homoscedastic uncertainty: sum_i exp(-s_i) * L_i + s_i / 2, s_i = log sigma_i^2, exp(-s_i) is always positive."""

    def __init__(self, n_tasks=2, **kwargs):
        super().__init__(**kwargs)
        self.log_var = self.add_weight(shape=(n_tasks,), initializer="zeros", trainable=True, name="log_var")

    def call(self, task_losses):
        stacked = keras.ops.stack(task_losses)
        return keras.ops.sum(keras.ops.exp(-self.log_var) * stacked + 0.5 * self.log_var)


class BalancedModel(keras.Model):
    def __init__(self, net):
        super().__init__()
        self.net = net
        self.balancer = LossBalancer()
        self.track = {"mse": keras.metrics.Mean("mse"), "bce": keras.metrics.Mean("bce")}

    def call(self, inputs, training=None):
        return self.net(inputs, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        q_pred, g_pred = y_pred
        q_true = keras.ops.reshape(y["quality"], keras.ops.shape(q_pred))
        g_true = keras.ops.reshape(y["good"], keras.ops.shape(g_pred))
        mse = keras.ops.mean(keras.losses.mean_squared_error(q_true, q_pred))
        bce = keras.ops.mean(keras.losses.binary_crossentropy(g_true, g_pred))
        self.track["mse"].update_state(mse)
        self.track["bce"].update_state(bce)
        return self.balancer([mse, bce])


raw = keras.Input(shape=(len(FEATURES),))
z = SwiGLU(48)(raw)
z = layers.Dropout(0.1)(z)
z = layers.Dense(24, activation="silu")(z)
net = keras.Model(raw, [layers.Dense(1)(z) + 5.5, layers.Dense(1, activation="sigmoid")(z)])
model = BalancedModel(net)
model.build((None, len(FEATURES)))
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3, weight_decay=1e-2))
# %% train
history = model.fit(train_data, epochs=45, verbose=0).history
print("geleerde gewichten (quality, good):", np.exp(-model.balancer.log_var.numpy()))
print(history.keys())

for key in history:
    plt.plot(history[key], label=key)
plt.legend();
# %% evaluate
X, quality, good = prepare(train, test)
q_pred, g_pred = model.predict(X, verbose=0)
mae = keras.metrics.mean_absolute_error(quality, q_pred[:, 0]).numpy()
accuracy = keras.metrics.binary_accuracy(good[:, None], g_pred, threshold=0.5).numpy().mean()
